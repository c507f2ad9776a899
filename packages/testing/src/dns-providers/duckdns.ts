import type { DnsServer } from '../dns/dns-server.ts';
import {
  createProviderServer,
  plainAnswer,
  type ProviderAnswer,
  type ProviderRequest,
  type ProviderServer,
  type ProviderServerOptions,
} from './provider-server.ts';

export interface DuckDnsOptions extends ProviderServerOptions {
  /** The part before `.duckdns.org`. */
  readonly subname: string;
  readonly token: string;
  readonly dns?: DnsServer;
}

/** Speaks https://www.duckdns.org/spec.jsp: everything is a GET, everything is answered with 200. */
export function createDuckDnsStandIn(options: DuckDnsOptions): Promise<ProviderServer> {
  const name = `${options.subname}.duckdns.org`;
  return createProviderServer((request) => {
    const { query, path } = request;
    const isKnown = query['domains'] === options.subname && query['token'] === options.token;
    if (path !== '/update' || !isKnown) return plainAnswer('KO');
    return 'txt' in query ? updateText(request, options.dns, name) : updateAddresses(request, options.dns, name);
  }, options);
}

function updateAddresses({ query }: ProviderRequest, dns: DnsServer | undefined, name: string): ProviderAnswer {
  const { ip = '', ipv6 = '' } = query;
  if (ip !== '') dns?.set(name, 'A', ip);
  if (ipv6 !== '') dns?.set(name, 'AAAA', ipv6);
  return plainAnswer(query['verbose'] === 'true' ? `OK\n${ip}\n${ipv6}\nUPDATED` : 'OK');
}

/** One text for the whole name; every name below it answers with it too. */
function updateText({ query }: ProviderRequest, dns: DnsServer | undefined, name: string): ProviderAnswer {
  const values = query['clear'] === 'true' ? [] : [query['txt'] ?? ''];
  dns?.set(name, 'TXT', ...values);
  dns?.set(`_acme-challenge.${name}`, 'TXT', ...values);
  return plainAnswer('OK');
}
