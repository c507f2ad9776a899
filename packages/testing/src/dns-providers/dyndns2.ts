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
    const { myip, myipv6 } = query;
    const served = options.dns?.values(options.name, 'A')[0];
    if (myip !== undefined) options.dns?.set(options.name, 'A', myip);
    if (myipv6 !== undefined) options.dns?.set(options.name, 'AAAA', myipv6);
    return plainAnswer(`${myip !== undefined && myip === served ? 'nochg' : 'good'} ${myip ?? myipv6 ?? ''}`);
  }, options);
}
