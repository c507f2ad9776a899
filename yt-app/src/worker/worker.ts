import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createApiClient, type ApiClient, type Work, type WorkClaim, type WorkKind } from '@linkcast/contracts';
import { detectSandbox, killLeftovers, startServiceServer, type Logger, type Stoppable } from '@linkcast/kit';
import { openJobEgress } from '../egress/job-egress.ts';
import { createDownloaderVersion, type DownloaderVersion } from '../pipeline/programs/downloader-version.ts';
import { createFfmpeg } from '../pipeline/programs/ffmpeg.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import { createStorageGuard } from '../pipeline/limits/storage-guard.ts';
import { createYtDlp } from '../pipeline/programs/ytdlp.ts';
import { runClaimLoop } from './claim-loop.ts';
import type { WorkerConfig } from './config.ts';
import { createJobWork } from './job-work.ts';
import { keepLease } from './lease-keeper.ts';
import { createProbeWork } from './probe-work.ts';
import { WorkStopped, type WorkControl } from './stop-reasons.ts';

/** Longer than the API lets a claim wait. */
const CALL_MS = 40_000;
const PROBES_AT_ONCE = 2;
const DOWNLOADER_CHECK_MS = 10_000;

/** Claims jobs and probes from the API and runs them, so many at once. */
export async function startWorker(config: WorkerConfig, logger: Logger): Promise<Stoppable> {
  const { MEDIA_DIR: mediaDir, TOOLS_DIR: toolsDir, STALL_TIMEOUT: stallSeconds, WORKER_NAME: name } = config;
  const owner = `${mediaDir}#${name}`;
  const killed = await killLeftovers(owner);
  if (killed > 0) logger.warn({ killed }, 'programs of a killed predecessor ended');

  const sandbox = await detectSandbox();
  if (sandbox === 'none') logger.warn('no sandbox on this machine: media programs run without one');
  else logger.info({ sandbox }, 'sandbox found');

  const client = createApiClient({ baseUrl: config.YT_APP_URL, token: config.SERVICE_KEY, timeoutMs: CALL_MS });
  const ytDlp = createYtDlp({
    file: path.join(toolsDir, 'bin/yt-dlp'),
    denoFile: path.join(toolsDir, 'bin/deno'),
    denoDir: path.join(toolsDir, 'deno'),
    owner,
    sandbox,
    stallSeconds,
  });
  const downloader = createDownloaderVersion(ytDlp, logger);
  await downloader.refresh();
  const runPipeline = createPipeline({
    ytDlp,
    ffmpeg: createFfmpeg({ owner, sandbox }),
    openEgress: openJobEgress,
    storage: createStorageGuard(mediaDir, config.STORAGE_LIMIT),
    mediaDir,
    stallSeconds,
    logger,
  });
  const health = await startServiceServer({
    host: config.HOST,
    port: config.PORT,
    keyDigests: new Map(),
    routes: {},
    checks: () => [
      { name: 'downloader', ok: downloader.isUsable(), detail: `yt-dlp ${downloader.current() ?? 'is missing'}` },
      { name: 'sandbox', ok: true, detail: sandbox },
    ],
    logger,
  });
  const runJob = createJobWork({ client, runPipeline, logger });
  const runProbe = createProbeWork({ client, ytDlp, logger });
  const loops = runLoops({
    client,
    logger,
    name,
    downloader,
    concurrency: { job: config.DOWNLOAD_CONCURRENCY, probe: PROBES_AT_ONCE },
    run: (work, control) => (work.kind === 'job' ? runJob(work, control) : runProbe(work, control)),
  });
  return {
    async stop() {
      await loops.stop();
      await health.stop();
    },
  };
}

interface LoopOptions {
  readonly client: ApiClient;
  readonly logger: Logger;
  readonly name: string;
  readonly downloader: DownloaderVersion;
  readonly concurrency: Readonly<Record<WorkKind, number>>;
  readonly run: (work: Work, control: WorkControl) => Promise<void>;
}

function runLoops({ client, logger, name, downloader, concurrency, run }: LoopOptions): Stoppable {
  const stopping = new AbortController();
  const instance = randomUUID();
  const claimOf = (kind: WorkKind) => (): WorkClaim => ({
    worker: name,
    instance,
    kind,
    downloader: downloader.isUsable() ? (downloader.current() ?? null) : null,
  });
  // It may be installed or updated while the worker runs.
  const check = setInterval(() => {
    if (!downloader.isUsable()) void downloader.refresh();
  }, DOWNLOADER_CHECK_MS).unref();

  const loops = (['job', 'probe'] as const).flatMap((kind) =>
    Array.from({ length: concurrency[kind] }, () =>
      runClaimLoop({
        client,
        claim: claimOf(kind),
        run: (work) => runWithLease(work, { client, logger, stopping: stopping.signal, run }),
        stopping: stopping.signal,
        logger,
      }),
    ),
  );
  const running = Promise.all(loops); // when one rejects, that is a bug, and ends the process
  return {
    async stop() {
      clearInterval(check);
      stopping.abort();
      await running;
    },
  };
}

interface LeasedRun extends Pick<LoopOptions, 'client' | 'logger' | 'run'> {
  readonly stopping: AbortSignal;
}

/** Time for the last reports of a worker that stops. */
const FAREWELL_MS = 5000;

/** Runs a piece of work, and ends it when its lease ends, it is not wanted any more, or the worker stops. */
async function runWithLease(work: Work, { client, logger, stopping, run }: LeasedRun): Promise<void> {
  const programs = new AbortController();
  const reports = new AbortController();
  const done = new AbortController();
  const stop = (reason: WorkStopped): void => {
    programs.abort(reason);
    if (reason.by === 'lease-lost') reports.abort(reason);
    if (reason.by === 'shutdown') setTimeout(() => reports.abort(reason), FAREWELL_MS).unref();
  };
  const onStopping = (): void => stop(new WorkStopped('shutdown'));
  stopping.addEventListener('abort', onStopping, { once: true });
  if (stopping.aborted) onStopping();
  const keeping = keepLease({ client, work, onStop: stop, done: done.signal, logger });
  try {
    await run(work, { signal: programs.signal, stop, leaseLost: reports.signal });
  } finally {
    stopping.removeEventListener('abort', onStopping);
    done.abort();
    await keeping;
  }
}
