import { createDnsServer, createIonosStandIn, startPebble, type DnsServer, type Pebble } from '@linkcast/testing';

/** The servers around a home line with a public name: DNS, a DNS provider, and a certificate authority. */
export interface HomeLine {
  readonly name: string;
  readonly dns: DnsServer;
  readonly pebble: Pebble;
  /** The owner's settings, and those that make Linkcast use these servers instead of the real ones. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface HomeLineOptions {
  /** The port of the site to which a router would forward port 80. */
  readonly httpPort: number;
  /** Lifetime of certificates. Default: as long as the authority likes. */
  readonly validitySeconds?: number;
}

const ZONE = 'linkcast.test';
const NAME = `home.${ZONE}`;
/** The first address of the name, as after a night in which the provider assigned another address. */
const YESTERDAYS_ADDRESS = '127.0.0.99';
const KEY = 'prefix.canary-secret-of-the-provider';

/** The line with a provider whose key the owner has, all of it on loopback. */
export async function createHomeLine({ httpPort, validitySeconds }: HomeLineOptions): Promise<HomeLine> {
  const line = await createWatchedLine({
    host: '127.0.0.1',
    httpPort,
    ...(validitySeconds ? { validitySeconds } : {}),
  });
  const ionos = await createIonosStandIn({ zone: ZONE, key: KEY, dns: line.dns });
  ionos.book.add({ name: NAME, type: 'A', content: YESTERDAYS_ADDRESS, ttl: 60, proxied: false });
  return {
    ...line,
    settings: { ...line.settings, DDNS_PROVIDER: 'ionos', IONOS_TOKEN: KEY, IONOS_API_ROOT: ionos.apiRoot },
    close: async () => {
      await Promise.all([ionos.close(), line.close()]);
    },
  };
}

/** The line of an owner who sees to the name themselves. @param host its outside address, where the servers are too */
export async function createWatchedLine({
  host,
  httpPort,
  validitySeconds,
}: HomeLineOptions & { readonly host: string }): Promise<HomeLine> {
  const dns = await createDnsServer({ zones: [ZONE], host });
  const secondOpinion = await createDnsServer({ host });
  for (const server of [dns, secondOpinion]) server.set('me.test', 'A', host);
  dns.set(NAME, 'A', host);
  const pebble = await startPebble({
    host,
    httpPort,
    dnsServer: dns.hostPort,
    ...(validitySeconds === undefined ? {} : { validitySeconds }),
  });
  return {
    name: NAME,
    dns,
    pebble,
    settings: {
      DOMAIN_NAME: NAME,
      SERVER_ADMIN: 'owner@linkcast.test',
      ACME_DIRECTORY: pebble.directoryUrl,
      ACME_CA_FILE: pebble.caFile,
      DDNS_SOURCES: `dns://${dns.hostPort}/me.test dns://${secondOpinion.hostPort}/me.test`,
      DDNS_ALLOW_RANGES: `${host}/32`,
      DDNS_IPV6: 'off',
      DNS_SERVERS: dns.hostPort,
      NAMESERVER_PORT: String(dns.port),
    },
    close: async () => {
      await Promise.all([pebble.stop(), dns.close(), secondOpinion.close()]);
    },
  };
}
