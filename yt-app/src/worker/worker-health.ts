import { startPeriodicLoop, startServiceServer, type Logger, type SandboxKind, type Stoppable } from '@linkcast/kit';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { WorkerConfig } from './config.ts';

const DOWNLOADER_CHECK_MS = 10_000;

/** Answers the health checks of the worker. */
export function startHealthServer(
  { HOST: host, PORT: port }: WorkerConfig,
  { pipeline, sandbox, logger }: { pipeline: Pipeline; sandbox: SandboxKind; logger: Logger },
): Promise<Stoppable> {
  const { downloader } = pipeline;
  return startServiceServer({
    host,
    port,
    keyDigests: new Map(),
    routes: {},
    checks: () => [
      { name: 'downloader', ok: downloader.isUsable(), detail: `yt-dlp ${downloader.current() ?? 'is missing'}` },
      { name: 'sandbox', ok: true, detail: sandbox },
    ],
    logger,
  });
}

/** Reads the version of an unusable yt-dlp again and again: it may be installed or updated while the worker runs. */
export function startDownloaderCheck({ downloader }: Pipeline, logger: Logger): Stoppable {
  return startPeriodicLoop({
    name: 'downloader-check',
    logger,
    everyMs: DOWNLOADER_CHECK_MS,
    firstAfterMs: DOWNLOADER_CHECK_MS,
    run: async () => {
      if (!downloader.isUsable()) await downloader.refresh();
      return undefined;
    },
  });
}
