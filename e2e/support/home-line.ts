import { createDnsServer, createIonosStandIn, startPebble, type DnsServer, type Pebble } from '@linkcast/testing';

/** What a home line with a name of its own has around it: DNS, a provider for it, and a certificate authority. */
export interface HomeLine {
  readonly name: string;
  readonly dns: DnsServer;
  readonly pebble: Pebble;
  /** What the owner puts into `.env`, and what leads Linkcast to these servers instead of the real ones. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const ZONE = 'linkcast.test';
const NAME = `home.${ZONE}`;
const OUTSIDE_ADDRESS = '127.0.0.1';
/** Where the name leads at first, as after a night in which the provider gave out another address. */
const YESTERDAYS_ADDRESS = '127.0.0.99';
const KEY = 'prefix.canary-secret-of-the-provider';

/** @param httpPort where the site answers, which a router would lead port 80 to. @param validitySeconds of certificates. */
export async function createHomeLine(httpPort: number, validitySeconds: number): Promise<HomeLine> {
  const dns = await createDnsServer({ zones: [ZONE] });
  const secondOpinion = await createDnsServer();
  const ionos = await createIonosStandIn({ zone: ZONE, key: KEY, dns });
  ionos.book.add({ name: NAME, type: 'A', content: YESTERDAYS_ADDRESS, ttl: 60, proxied: false });
  for (const server of [dns, secondOpinion]) server.set('me.test', 'A', OUTSIDE_ADDRESS);
  const pebble = await startPebble({ httpPort, dnsServer: dns.hostPort, validitySeconds });
  return {
    name: NAME,
    dns,
    pebble,
    settings: {
      DOMAIN_NAME: NAME,
      SERVER_ADMIN: 'owner@linkcast.test',
      ACME_DIRECTORY: pebble.directoryUrl,
      ACME_CA_FILE: pebble.caFile,
      DDNS_PROVIDER: 'ionos',
      IONOS_TOKEN: KEY,
      IONOS_API_ROOT: ionos.apiRoot,
      DDNS_SOURCES: `dns://${dns.hostPort}/me.test dns://${secondOpinion.hostPort}/me.test`,
      DDNS_ALLOW_RANGES: '127.0.0.0/8',
      DDNS_IPV6: 'off',
      DNS_SERVERS: dns.hostPort,
      NAMESERVER_PORT: String(dns.port),
    },
    close: async () => {
      await Promise.all([pebble.stop(), ionos.close(), dns.close(), secondOpinion.close()]);
    },
  };
}
