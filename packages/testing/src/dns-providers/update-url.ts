import type { DnsServer } from '../dns/dns-server.ts';
import {
  createProviderServer,
  plainAnswer,
  type ProviderServer,
  type ProviderServerOptions,
} from './provider-server.ts';

export interface UpdateUrlOptions extends ProviderServerOptions {
  readonly key: string;
  readonly dns?: DnsServer;
}

/** A provider of its own kind: `GET /update/<key>?host=…&v4=…&v6=…`, answered with a word. */
export function createUpdateUrlStandIn(options: UpdateUrlOptions): Promise<ProviderServer> {
  return createProviderServer(({ path, query }) => {
    if (path !== `/update/${options.key}`) return plainAnswer('unknown key', 403);
    const { host = '', v4 = '', v6 = '' } = query;
    if (v4 !== '') options.dns?.set(host, 'A', v4);
    if (v6 !== '') options.dns?.set(host, 'AAAA', v6);
    return plainAnswer('updated');
  }, options);
}
