import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient, type ApiClient } from '@linkcast/contracts';
import { startEgress, type EgressProcess } from './egress-process.ts';
import { findFreePort } from '../network/free-port.ts';
import { programsOf } from './programs-of.ts';
import type { ServiceProcess } from './service-process.ts';
import { testKeys } from './test-keys.ts';
import { createMainService, createWorkerService, type YtAppRun } from './yt-app-services.ts';
import { until } from '../until.ts';

/** yt-app's API, one worker and the egress proxy, each a process of its own, all in a temporary folder. */
export interface YtAppProcess {
  readonly api: ApiClient;
  readonly url: string;
  /** The owner's API token. The parts' keys are {@link testKeys}. */
  readonly token: string;
  /** Holds SQLite's file `yt-app.sqlite`. */
  readonly dataDir: string;
  readonly mediaDir: string;
  readonly main: ServiceProcess;
  readonly worker: ServiceProcess;
  /** It runs on while the others are killed and started again. */
  readonly egress: EgressProcess;
  /** Starts whichever of them does not run; resolves when the API answers. */
  start(): Promise<void>;
  /** Ends the API and the worker; resolves with their exit codes. */
  kill(signal: NodeJS.Signals): Promise<(number | null)[]>;
  /** Another worker on the same media. */
  addWorker(name: string): ServiceProcess;
  /** Command lines of yt-dlp, ffmpeg and their children, of any worker. */
  programs(): Promise<string[]>;
  /** The output of the API and of the first worker. */
  log(): string;
  close(): Promise<void>;
}

export interface YtAppProcessOptions {
  /** Default: true. */
  readonly hasWorker?: boolean;
  /** Runs the bundles in `dist`, as in production, instead of the sources. Default: false. */
  readonly isBundled?: boolean;
  /** `start` also starts those again that end meanwhile. Default: false, so that a test sees the end. */
  readonly isSupervised?: boolean;
}

/** @param settings variables of the services, on top of those that place them in the temporary folder. */
export async function startYtApp(
  settings: Record<string, string>,
  { hasWorker = true, isBundled = false, isSupervised = false }: YtAppProcessOptions = {},
): Promise<YtAppProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'linkcast-yt-app-'));
  const mediaDir = settings['MEDIA_DIR'] ?? path.join(dataDir, 'media');
  const egress = await startEgress({ ALLOW_PRIVATE_SOURCES: settings['ALLOW_PRIVATE_SOURCES'] ?? '' }, { isBundled });
  const port = await findFreePort();
  const run: YtAppRun = { settings, isBundled, dataDir, mediaDir, egress, port, url: `http://127.0.0.1:${port}` };
  const api = createApiClient({ baseUrl: run.url, token: testKeys.owner });
  const main = createMainService(run);
  const worker = createWorkerService(run, 'worker');
  const others: ServiceProcess[] = [];

  const start = async (): Promise<void> => {
    const startEnded = (): void => {
      for (const service of [main, ...(hasWorker ? [worker] : [])]) if (!isRunning(service)) service.start();
    };
    startEnded();
    await until(async () => {
      if (isSupervised) startEnded();
      return (await api.listJobs()).jobs.length >= 0;
    }, 20);
  };
  await start();
  return {
    api,
    url: run.url,
    token: testKeys.owner,
    dataDir,
    mediaDir,
    main,
    worker,
    egress,
    start,
    kill: (signal) => Promise.all([main, worker].map((service) => service.kill(signal))),
    addWorker: (name) => {
      const other = createWorkerService(run, name);
      other.start();
      others.push(other);
      return other;
    },
    programs: () => programsOf(mediaDir),
    log: () => main.log() + worker.log(),
    close: async () => {
      await Promise.all([worker, ...others].map((service) => service.kill('SIGTERM')));
      await main.kill('SIGTERM');
      await egress.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function isRunning(service: ServiceProcess): boolean {
  try {
    return service.pid() > 0;
  } catch {
    return false; // it does not run
  }
}
