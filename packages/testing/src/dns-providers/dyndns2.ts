import type { DnsServer } from '../dns/dns-server.ts';
import {
  createProviderServer,
  plainAnswer,
  type ProviderServer,
  type ProviderServerOptions,
} from './provider-server.ts';

export interface Dyndns2Options extends ProviderServerOptions {
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly dns?: DnsServer;
}

/** Speaks the protocol of https://help.dyn.com/remote-access-api/ as No-IP, Dynu and deSEC do: `GET /nic/update`. */
export function createDyndns2StandIn(options: Dyndns2Options): Promise<ProviderServer> {
  const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
  return createProviderServer(({ method, path, query, headers }) => {
    if (method !== 'GET' || path !== '/nic/update') return plainAnswer('not found', 404);
    if (headers['authorization'] !== authorization) return plainAnswer('badauth', 401);
    if (query['hostname'] !== options.name) return plainAnswer('nohost');
    return plainAnswer(update(options, query));
  }, options);
}

/** Publishes the addresses of a request. @returns the answer: `nochg` when the IPv4 address is served already. */
function update({ name, dns }: Dyndns2Options, { myip, myipv6 }: Readonly<Record<string, string>>): string {
  const served = dns?.values(name, 'A')[0];
  if (myip !== undefined) dns?.set(name, 'A', myip);
  if (myipv6 !== undefined) dns?.set(name, 'AAAA', myipv6);
  return `${myip !== undefined && myip === served ? 'nochg' : 'good'} ${myip ?? myipv6 ?? ''}`;
}
