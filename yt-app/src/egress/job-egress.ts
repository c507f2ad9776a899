import type { JobEgress } from '../media/pipeline-run.ts';
import type { FetchBytes } from './egress-fetch.ts';
import type { EgressProxy } from './egress-proxy.ts';

/** The way out for one job: the proxy's door, and small fetches through it. */
export function openJobEgress(proxy: EgressProxy, fetchBytes: FetchBytes, jobId: string): JobEgress {
  return {
    proxyUrl: proxy.url(jobId),
    fetchBytes: (url, options) => fetchBytes(url, options),
    bytes: () => proxy.bytes(jobId),
    refusedHost: () => proxy.refusals(jobId),
    close: () => proxy.forget(jobId),
  };
}
