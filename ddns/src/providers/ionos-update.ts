import { z } from 'zod';
import type { Addresses } from '../address/addresses.ts';
import { isSecureUrl } from '../http/secure-url.ts';
import { isSuccess, isWebPage, type ProviderClient } from './provider-client.ts';
import type { ProviderMemory } from './provider-definition.ts';
import type { WriteReport } from './provider.ts';

export interface IonosUpdateOptions {
  readonly client: ProviderClient;
  readonly apiRoot: string;
  readonly key: string | undefined;
  /** The owner's own update URL. */
  readonly updateUrl: string | undefined;
  readonly memory: ProviderMemory;
}

type IonosUpdate = (name: string, addresses: Addresses, signal: AbortSignal) => Promise<WriteReport>;

const DynamicDns = z.object({ updateUrl: z.string().refine(isSecureUrl) });

/** Creates the update by IONOS' update URL. Without a URL, one is requested with the key, once, and stored: it is a secret. */
export function createIonosUpdate({ client, apiRoot, key, updateUrl, memory }: IonosUpdateOptions): IonosUpdate {
  const memoryKey = (name: string): string => `ionos-update-url ${name}`;

  const findUrl = async (name: string, signal: AbortSignal): Promise<string> => {
    const present = updateUrl ?? memory.get(memoryKey(name));
    if (present !== undefined || key === undefined) return present ?? '';
    const answer = await client.sendForJson(DynamicDns, {
      method: 'post',
      url: `${apiRoot}/v1/dyndns`,
      headers: { 'x-api-key': key, accept: 'application/json' },
      body: { domains: [name], description: 'Linkcast' },
      signal,
    });
    await memory.set(memoryKey(name), answer.updateUrl);
    return answer.updateUrl;
  };

  return async (name, { ipv4, ipv6 }, signal) => {
    const url = await findUrl(name, signal);
    // `ipv4` alone does not work, as users of ddns-updater (#422) and ddclient (#556) found: both, or the caller's address
    const isBoth = ipv4 !== undefined && ipv6 !== undefined;
    const family = ipv4 === undefined ? 6 : 4;
    const answer = await client.send({
      method: 'get',
      url,
      signal,
      ...(isBoth ? { query: { ipv4, ipv6 } } : { family }),
    });
    if (!isSuccess(answer.status)) throw client.statusFault(answer.status);
    if (isWebPage(answer)) throw client.unexpectedAnswer();
    return { isProxied: false };
  };
}
