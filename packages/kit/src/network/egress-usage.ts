import { EgressUsage } from '@linkcast/contracts';

/** Requests a job's usage from the egress proxy. Undefined: the proxy does not answer, or refuses the ticket. */
export type RequestEgressUsage = () => Promise<EgressUsage | undefined>;

const TIMEOUT_MS = 2000;

/** @param proxyUrl the proxy with a ticket's credentials, as {@link egressProxyUrl} makes it. */
export function createEgressUsageClient(proxyUrl: string): RequestEgressUsage {
  const { origin, username, password } = new URL(proxyUrl);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const headers = { authorization: `Basic ${credentials.toString('base64')}` };

  return async () => {
    try {
      const response = await fetch(`${origin}/usage`, {
        headers,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      return response.ok ? EgressUsage.parse(body) : undefined;
    } catch {
      return undefined; // down, starting, or no egress proxy: the job's own requests fail, too, and say so
    }
  };
}
