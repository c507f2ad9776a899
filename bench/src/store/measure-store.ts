import path from 'node:path';
import { createApiClient, type ApiClient } from '@linkcast/contracts';
import { startYtApp, testKeys, until, type YtAppProcess } from '@linkcast/testing';
import { measureJobBurst, type JobBurst } from './measure-job-burst.ts';
import { makeJobs, type StoreSize } from './store-content.ts';

/** The figures of one kind of database; times in milliseconds. */
export interface StoreFigures extends JobBurst {
  /** p95 of the calls, by their row in the table. */
  readonly calls: Readonly<Record<StoreCall, number>>;
  /** From the start of the process to its first answer, with all rows. */
  readonly startMs: number;
  /** Folders whose rows are rebuilt in one second with an empty database, while the API answers. */
  readonly rebuiltPerSecond: number;
}

export type StoreCall = 'list' | 'oneLetter' | 'oneWord' | 'threeWords' | 'station' | 'claim';

export interface StoreMeasurement extends StoreSize {
  /** With a folder for each item. */
  readonly mediaDir: string;
  /** URL of an empty PostgreSQL database; undefined: SQLite. */
  readonly databaseUrl: string | undefined;
  readonly signal: AbortSignal;
}

const CALLS = 200;
const REBUILD_SECONDS = 600;

/** Measures one kind of database: the rebuild, the start, and the calls. */
export async function measureStore(options: StoreMeasurement): Promise<StoreFigures> {
  const { databaseUrl, mediaDir, items, jobs, signal } = options;
  // Each claim counts the jobs of the hosts, and none of these is ever full.
  const settings = {
    MEDIA_DIR: mediaDir,
    HOST_CONCURRENCY: '100',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const service = await startYtApp(settings, { hasWorker: false, isBundled: true });
  try {
    await waitForRecovery(service.api, signal);
    const rebuiltPerSecond = items / ((timeOf(service, 'library checked') - timeOf(service, 'listening')) / 1000);

    await service.main.kill('SIGTERM');
    await makeJobs(databaseUrl ?? path.join(service.dataDir, 'yt-app.sqlite'), jobs);
    const startedAt = performance.now();
    await service.start();
    const startMs = performance.now() - startedAt;
    await waitForRecovery(service.api, signal);
    const calls = await measureCalls(service, signal);
    return { calls, startMs, rebuiltPerSecond, ...(await measureJobBurst(service)) };
  } finally {
    await service.close();
  }
}

/** The time of the first line with this message in the log, in milliseconds since 1970. */
function timeOf({ main }: YtAppProcess, wanted: string): number {
  const line =
    main
      .log()
      .split('\n')
      .find((each) => each.includes(`"msg":"${wanted}"`)) ?? '';
  const [, time] = /"time":"([^"]+)"/.exec(line) ?? [];
  if (time === undefined) throw new Error(`the log has no line "${wanted}"`);
  return Date.parse(time);
}

async function waitForRecovery(api: ApiClient, signal: AbortSignal): Promise<void> {
  await until(async () => {
    signal.throwIfAborted();
    const { checks } = await api.health();
    return checks.some(({ name, message }) => name === 'library' && message?.code !== 'library-checking');
  }, REBUILD_SECONDS);
}

async function measureCalls({ api, url }: YtAppProcess, signal: AbortSignal): Promise<StoreFigures['calls']> {
  const worker = createApiClient({ baseUrl: url, token: testKeys.worker });
  const claim = { worker: 'bench', instance: 'bench', kind: 'job', downloader: '2026.07.04' } as const;
  return {
    list: await p95(() => api.listMedia({ limit: 50 })),
    oneLetter: await p95(() => api.listMedia({ q: 's', limit: 50 })),
    oneWord: await p95(() => api.listMedia({ q: 'river', limit: 50 })),
    threeWords: await p95(() => api.listMedia({ q: 'river song channel', limit: 50 })),
    station: await p95(() => api.getStation()),
    claim: await p95(() => worker.claimWork(claim, signal)),
  };
}

/** The 95th percentile of the times of calls one after another, in milliseconds. */
async function p95(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < CALLS; count += 1) {
    const beganAt = performance.now();
    await call();
    times.push(performance.now() - beganAt);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(CALLS * 0.95)] ?? 0;
}
