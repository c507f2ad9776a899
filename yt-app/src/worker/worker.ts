import { createApiClient, type ApiClient } from '@linkcast/contracts';
import { detectSandbox, killLeftovers, type Logger, type SandboxKind, type Stoppable } from '@linkcast/kit';
import { openJobEgress } from '../egress/job-egress.ts';
import { createPipeline, YT_DLP_SIGNING_KEY, type Pipeline } from '../pipeline/pipeline.ts';
import type { WorkerConfig } from './config.ts';
import { createDecodeWork } from './decode-work.ts';
import { createDeliveryWork } from './delivery/delivery-work.ts';
import { createIdleMachine } from './idle-machine.ts';
import { createJobWork } from './job-work.ts';
import { createProbeWork } from './probe-work.ts';
import { takeReleaseFolder, type ReleaseFolder } from './updates/release-folder.ts';
import { NO_UPDATES, startUpdates, type Updates } from './updates/updates.ts';
import { startWorkLoops } from './work-loops.ts';
import { lockWorker } from './worker-lock.ts';
import { startDownloaderCheck, startHealthServer } from './worker-health.ts';
import { startMachineReading, type MachineReading } from './worker-machine.ts';

/** Longer than the API holds the request of a claim. */
const CALL_MS = 40_000;
const PROBES_AT_ONCE = 2;
/** One that uploads for hours, and one for the trial of a target. */
const DELIVERIES_AT_ONCE = 2;

/** Claims jobs and probes from the API and runs several at once. */
export async function startWorker(config: WorkerConfig, logger: Logger): Promise<Stoppable> {
  const { MEDIA_DIR: mediaDir, WORKER_NAME: name } = config;
  const owner = `${mediaDir}#${name}`;
  const lock = await lockWorker(owner, mediaDir);
  await endLeftovers(owner, logger);
  const sandbox = await findSandbox(logger);
  const idleMachine = createIdleMachine();
  const releases = config.YTDLP_CHANNEL === 'pinned' ? undefined : takeReleaseFolder(config.DATA_DIR, logger);
  const pipeline = createPipeline({
    ...{ owner, sandbox, mediaDir, logger, toolsDir: config.TOOLS_DIR },
    releases: releases && { folder: releases.folder, signingKey: config.YTDLP_SIGNED_BY ?? YT_DLP_SIGNING_KEY },
    storageLimit: config.STORAGE_LIMIT,
    stallSeconds: config.STALL_TIMEOUT,
    spareDownloaders: config.SPARE_DOWNLOADERS,
    openEgress: openJobEgress,
    rest: idleMachine.rest,
  });
  await pipeline.downloader.refresh();
  const health = await startHealthServer(config, { pipeline, sandbox, logger });
  const downloaderCheck = startDownloaderCheck(pipeline, logger);
  const machine = await startMachineReading({ toolsDir: config.TOOLS_DIR, sandbox, logger });
  const client = createApiClient({ baseUrl: config.YT_APP_URL, token: config.SERVICE_KEY, timeoutMs: CALL_MS });
  const updates = await startReleaseUpdates(config, { ...pipeline, client, releases }, logger);
  const loops = startWork(config, { ...pipeline, client, updates, machine, isMachineIdle: idleMachine.isIdle }, logger);
  return {
    async stop() {
      await Promise.all([downloaderCheck.stop(), machine.stop(), updates.stop(), loops.stop()]);
      await Promise.all([pipeline.stop(), health.stop()]);
      releases?.lock.release();
      await lock.stop();
    },
  };
}

interface UpdateParts extends Pipeline {
  readonly client: ApiClient;
  readonly releases: ReleaseFolder | undefined;
}

/** Starts the updates of yt-dlp, unless the owner or the disk does not want them. */
async function startReleaseUpdates(
  { YTDLP_CHANNEL: channel, YTDLP_RELEASES_URL: root, YTDLP_CHECK_EVERY: everySeconds }: WorkerConfig,
  { downloader, installRelease, client, releases }: UpdateParts,
  logger: Logger,
): Promise<Updates> {
  if (channel === 'pinned' || !installRelease || !releases) return NO_UPDATES;
  const pipeline = { downloader, installRelease };
  return startUpdates({
    client,
    pipeline,
    folder: releases.folder,
    channel,
    root,
    everyMs: everySeconds * 1000,
    logger,
  });
}

async function endLeftovers(owner: string, logger: Logger): Promise<void> {
  const count = await killLeftovers(owner);
  if (count > 0) logger.warn({ count }, 'leftover programs ended');
}

async function findSandbox(logger: Logger): Promise<SandboxKind> {
  const sandbox = await detectSandbox();
  if (sandbox === 'none') logger.warn('no sandbox on this machine: media programs run without one');
  else logger.info({ sandbox }, 'sandbox found');
  return sandbox;
}

interface WorkParts extends Pipeline {
  readonly client: ApiClient;
  readonly updates: Updates;
  readonly machine: MachineReading;
  readonly isMachineIdle: () => boolean;
}

function startWork(
  config: WorkerConfig,
  {
    client,
    updates,
    runJob,
    probeSource,
    listSource,
    decodeItem,
    withItemFiles,
    downloader,
    machine,
    isMachineIdle,
  }: WorkParts,
  logger: Logger,
): Stoppable {
  const runJobWork = createJobWork({ client, runJob, logger });
  const runProbeWork = createProbeWork({ client, probeSource, listSource, logger });
  const runDecodeWork = createDecodeWork({ client, decodeItem, logger });
  const runDeliveryWork = createDeliveryWork({ client, withItemFiles, directory: config.DELIVERY_DIR, logger });
  return startWorkLoops({
    client,
    logger,
    name: config.WORKER_NAME,
    downloaderVersion: () => (downloader.isUsable() ? (downloader.current() ?? null) : null),
    machine: () => machine.current(),
    updates: () => updates.current(),
    concurrency: { job: config.DOWNLOAD_CONCURRENCY, probe: PROBES_AT_ONCE, delivery: DELIVERIES_AT_ONCE },
    isMachineIdle,
    run(work, control) {
      if (work.kind === 'job') return runJobWork(work, control);
      if (work.kind === 'delivery') return runDeliveryWork(work, control);
      return work.kind === 'probe' ? runProbeWork(work, control) : runDecodeWork(work, control);
    },
  });
}
