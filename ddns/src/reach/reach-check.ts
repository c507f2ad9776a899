import type { NameStatus } from '@linkcast/contracts';
import { servedAddresses, type ServedRecords } from '../dns/served-records.ts';
import { requestSelf, type SelfRequestOptions } from './self-request.ts';

export type Reach = Pick<NameStatus['reach'], 'http' | 'https'>;

export interface ReachCheckOptions {
  readonly name: string;
  readonly mark: string;
  /** The public ports. */
  readonly ports: { readonly http: number; readonly https: number };
}

/** Requests this site over HTTP and HTTPS at the first address that is served. Never rejects. */
export type ReachCheck = (served: ServedRecords, signal: AbortSignal) => Promise<Reach>;

export function createReachCheck({ name, mark, ports }: ReachCheckOptions): ReachCheck {
  return async (served, signal) => {
    const [address] = [...servedAddresses('ipv4', served), ...servedAddresses('ipv6', served)];
    if (address === undefined) return { http: 'unknown', https: 'unknown' };
    const request = (scheme: SelfRequestOptions['scheme']) =>
      requestSelf({ scheme, name, address, port: ports[scheme], mark, signal });
    const [http, https] = await Promise.all([request('http'), request('https')]);
    return { http, https };
  };
}

/** The public ports of a site URL: a port in it is that of its scheme. */
export function publicPorts(siteUrl: string | undefined): ReachCheckOptions['ports'] {
  const url = siteUrl === undefined ? undefined : new URL(siteUrl);
  const port = Number(url?.port);
  return {
    http: url?.protocol === 'http:' && port > 0 ? port : 80,
    https: url?.protocol === 'https:' && port > 0 ? port : 443,
  };
}
