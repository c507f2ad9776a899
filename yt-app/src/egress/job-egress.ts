import { createEgressUsageClient, elapsedMs, pause, pictureProxyUrl } from '@linkcast/kit';
import type { JobEgress } from '../pipeline/run/job-egress.ts';
import { createEgressFetch } from './egress-fetch.ts';

const RETRY_MS = 200;
/** More than a restart of the proxy takes. */
const WAIT_MS = 20_000;

/**
 * Opens the route of one job to its sources. Waits while the proxy starts: a job that is claimed right after a boot would
 * fail otherwise.
 *
 * @param proxyUrl the egress proxy with the job's ticket.
 */
export async function openJobEgress(proxyUrl: string, signal: AbortSignal): Promise<JobEgress> {
  const usage = createEgressUsageClient(proxyUrl);
  const end = elapsedMs() + WAIT_MS;
  while (!signal.aborted && (await usage()) === undefined && elapsedMs() < end) await pause(RETRY_MS, signal);
  return { proxyUrl, fetchBytes: createEgressFetch(pictureProxyUrl(proxyUrl)), usage };
}
