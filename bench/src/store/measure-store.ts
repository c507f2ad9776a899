import path from 'node:path';
import { createApiClient, endpoints } from '@linkcast/contracts';
import { startYtApp, testKeys, type YtAppProcess } from '@linkcast/testing';
import { median } from '../medians.ts';
import { waitForRecovery } from './library-recovery.ts';
import { measureBackup, type BackupFigures } from './measure-backup.ts';
import { measureHealth } from './measure-health.ts';
import { measureJobBurst, type JobBurst } from './measure-job-burst.ts';
import { makeJobs, type StoreSize } from './store-content.ts';

/** The figures of one kind of database; times in milliseconds. */
export interface StoreFigures extends JobBurst, BackupFigures {
  /** p95 of the calls, by their row in the table. */
  readonly calls: Readonly<Record<StoreCall, number>>;
  /** The slowest `GET /healthz` beside 200 parallel requests. */
  readonly healthMs: number;
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

/** A call is measured in so many series of so many calls. */
const SERIES = 5;
const CALLS = 200;
/** Calls that are not counted. */
const WARM_UP = { reads: 800, claims: 200 } as const;
/** Jobs that wait: one for each claim. */
const CLAIMS = WARM_UP.claims + SERIES * CALLS;

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
    await makeJobs(databaseUrl ?? path.join(service.dataDir, 'yt-app.sqlite'), { jobs, waiting: CLAIMS });
    const startedAt = performance.now();
    await service.start();
    const startMs = performance.now() - startedAt;
    await waitForRecovery(service.api, signal);
    const calls = await measureCalls(service, signal);
    const healthMs = await measureHealth(service);
    const backup = await measureBackup(service, databaseUrl);
    return { calls, healthMs, startMs, rebuiltPerSecond, ...backup, ...(await measureJobBurst(service)) };
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

/** The answers are read and not parsed: a client's own work is not the server's. */
async function measureCalls({ url, token }: YtAppProcess, signal: AbortSignal): Promise<StoreFigures['calls']> {
  const worker = createApiClient({ baseUrl: url, token: testKeys.worker });
  const claim = { worker: 'bench', instance: 'bench', kind: 'job', downloader: '2026.07.04' } as const;
  const ask = async (path: string, key: string, options: RequestInit = {}): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { headers, signal, ...options });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
    return text;
  };
  const claimJob = (): Promise<string> =>
    ask(endpoints.claimWork.path, testKeys.worker, { method: 'POST', body: JSON.stringify(claim) });
  const get = (path: string): Promise<string> => ask(path, token);
  const search = (words: string): Promise<string> =>
    get(`/api/media?${new URLSearchParams({ limit: '50', q: words }).toString()}`);
  /** Not measured: at home, a few jobs run at once. */
  const endJob = async (answer: string): Promise<void> => {
    const { work } = endpoints.claimWork.answer.parse(JSON.parse(answer));
    if (work?.kind !== 'job') throw new Error('no job was claimed');
    const report = { type: 'failed', problem: { code: 'too-long' } } as const;
    await worker.reportWork(work.id, { fence: work.fence, report }, signal);
  };
  return {
    list: await p95(() => get('/api/media?limit=50')),
    oneLetter: await p95(() => search('s')),
    oneWord: await p95(() => search('river')),
    threeWords: await p95(() => search('river song channel')),
    station: await p95(() => get('/api/station')),
    claim: await p95(claimJob, WARM_UP.claims, endJob),
  };
}

/**
 * The median over the series of the 95th percentile of the times of calls one after another, in milliseconds. The first calls, which
 * compile the code, do not count, and neither does what is done with each answer.
 */
async function p95<Answer>(
  call: () => Promise<Answer>,
  warmUp: number = WARM_UP.reads,
  afterwards?: (answer: Answer) => Promise<void>,
): Promise<number> {
  const timed = async (): Promise<number> => {
    const beganAt = performance.now();
    const answer = await call();
    const ms = performance.now() - beganAt;
    await afterwards?.(answer);
    return ms;
  };
  for (let count = 0; count < warmUp; count += 1) await timed();
  const series: number[] = [];
  for (let count = 0; count < SERIES; count += 1) series.push(await p95OfSeries(timed));
  return median(series);
}

async function p95OfSeries(timed: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < CALLS; count += 1) times.push(await timed());
  return times.toSorted((a, b) => a - b)[Math.floor(CALLS * 0.95)] ?? 0;
}
