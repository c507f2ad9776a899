import { tmpdir } from 'node:os';
import path from 'node:path';
import { egressProxyUrl, issueEgressTicket } from '@linkcast/kit';
import { findFreePort } from '../network/free-port.ts';
import { createServiceProcess } from './service-process.ts';
import { until } from '../until.ts';

const EGRESS_KEY = 'a-key-of-the-egress-proxy-for-tests';

/** The egress proxy as a process of its own. */
export interface EgressProcess {
  /** As EGRESS_URL wants it. */
  readonly url: string;
  readonly key: string;
  pid(): number;
  /** The proxy with a ticket, as programs take a proxy. Good for an hour and a terabyte. */
  proxyUrl(jobId: string): string;
  log(): string;
  /** Starts it again after {@link EgressProcess.close}, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param settings the proxy's variables, such as ALLOW_PRIVATE_SOURCES.
 * @param isBundled runs the bundle in `dist`, as in production, instead of the sources. Default: false.
 */
export async function startEgress(
  settings: Record<string, string> = {},
  { isBundled = false }: { readonly isBundled?: boolean } = {},
): Promise<EgressProcess> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    EGRESS_KEY,
    NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkcast-node-cache'),
    ...settings,
  };
  const service = createServiceProcess(isBundled ? 'dist/egress/main.js' : 'egress/src/main.ts', env);
  const start = async (): Promise<void> => {
    service.start();
    await until(async () => (await fetch(`${url}/healthz`)).ok, 20);
  };
  await start();
  return {
    url,
    key: EGRESS_KEY,
    start,
    pid: () => service.pid(),
    proxyUrl: (jobId) =>
      egressProxyUrl(
        url,
        issueEgressTicket(EGRESS_KEY, {
          jobId,
          maxBytes: 1e12,
          expiresAt: Date.now() + 3_600_000,
          refusedAddresses: [],
        }),
      ),
    log: () => service.log(),
    close: async () => {
      await service.kill('SIGTERM');
    },
  };
}
