import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { egressProxyUrl, issueEgressTicket } from '@linkcast/kit';
import { findFreePort } from './free-port.ts';
import { until } from './until.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
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

/** @param settings the proxy's variables, such as ALLOW_PRIVATE_SOURCES. */
export async function startEgress(settings: Record<string, string> = {}): Promise<EgressProcess> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    EGRESS_KEY,
    NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkcast-node-cache'),
    ...settings,
  };
  let child: ChildProcess | undefined;
  let output = '';

  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [path.join(ROOT, 'egress/src/main.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(async () => (await fetch(`${url}/healthz`)).ok, 20);
  };
  await start();
  return {
    url,
    key: EGRESS_KEY,
    pid: () => {
      if (child?.pid === undefined || !isRunning()) throw new Error('egress does not run');
      return child.pid;
    },
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
    log: () => output,
    start,
    close: async () => {
      if (!child || !isRunning()) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
