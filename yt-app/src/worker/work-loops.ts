import { randomUUID } from 'node:crypto';
import type { ApiClient, DownloaderUpdates, Work, WorkClaim, WorkerMachine, WorkKind } from '@linkcast/contracts';
import type { Logger, Stoppable } from '@linkcast/kit';
import { runClaimLoop } from './claim-loop.ts';
import { startIdleLoop } from './idle-loop.ts';
import { runLeasedWork, type RunWork } from './leased-work.ts';
import { createRecordingSlots } from './recording-slots.ts';

export interface WorkLoopsOptions {
  readonly client: ApiClient;
  readonly logger: Logger;
  /** Name of the worker. */
  readonly name: string;
  /** Returns the version of yt-dlp; null when it is not usable. */
  readonly downloaderVersion: () => string | null;
  readonly machine: () => WorkerMachine;
  readonly updates: () => DownloaderUpdates;
  /** Claim loops of each kind. */
  readonly concurrency: Readonly<Record<Exclude<WorkKind, 'decode'>, number>>;
  readonly isMachineIdle: () => boolean;
  readonly run: RunWork;
}

/** Starts the claim loops. `stop` resolves when all work has ended and been reported. */
export function startWorkLoops(options: WorkLoopsOptions): Stoppable {
  const { client, logger, run, concurrency } = options;
  const stopping = new AbortController();
  const instance = randomUUID();
  const claimOf = (kind: WorkKind) => (): WorkClaim => ({
    worker: options.name,
    instance,
    kind,
    downloader: options.downloaderVersion(),
    machine: options.machine(),
    updates: options.updates(),
  });
  const slots = createRecordingSlots(concurrency.job);
  const runWork = (work: Work): Promise<void> =>
    slots.run((onRecording) => runLeasedWork(work, { client, logger, run, stopping: stopping.signal, onRecording }));
  const startLoop = (kind: WorkKind): Promise<void> =>
    runClaimLoop({
      client,
      claim: claimOf(kind),
      run: runWork,
      stopping: stopping.signal,
      logger,
    });
  const loops = (['job', 'probe', 'delivery'] as const).flatMap((kind) =>
    Array.from({ length: concurrency[kind] }, () => startLoop(kind)),
  );
  const running = Promise.all(loops); // a loop that rejects is a bug, and ends the process
  const { isMachineIdle } = options;
  const idle = startIdleLoop({ client, claim: claimOf('decode'), run: runWork, isMachineIdle, logger });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([running, idle.stop()]);
      await slots.ended();
    },
  };
}
