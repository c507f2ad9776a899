import type { ApiClient, Work } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { keepLease } from './lease-keeper.ts';
import { WorkStopped, type WorkControl } from './work-control.ts';

/** Time for the last reports of a worker that stops. */
const LAST_REPORTS_MS = 5000;

export type RunWork = (work: Work, control: WorkControl) => Promise<void>;

export interface LeasedWorkOptions {
  readonly client: Pick<ApiClient, 'renewLease'>;
  readonly logger: Logger;
  readonly run: RunWork;
  /** Called when the work records a live source. Default: nothing. */
  readonly onRecording?: () => void;
  /** Aborted when the worker stops. */
  readonly stopping: AbortSignal;
}

/** Runs a piece of work and renews its lease. Ends the work when the lease is lost, it is cancelled, or the worker stops. */
export async function runLeasedWork(work: Work, options: LeasedWorkOptions): Promise<void> {
  const { client, logger, run, stopping, onRecording = () => undefined } = options;
  const done = new AbortController();
  const control = createControl(onRecording);
  const onStopping = (): void => control.stop(new WorkStopped('shutdown'));
  stopping.addEventListener('abort', onStopping, { once: true });
  if (stopping.aborted) onStopping();
  const renewal = keepLease({
    client,
    work,
    onStop: control.stop,
    onEnough: control.finish,
    done: done.signal,
    logger,
  });
  try {
    await run(work, control);
  } finally {
    stopping.removeEventListener('abort', onStopping);
    done.abort();
    await renewal;
  }
}

function createControl(onRecording: () => void): WorkControl {
  const programs = new AbortController();
  const reports = new AbortController();
  const enough = new AbortController();
  return {
    signal: programs.signal,
    leaseLost: reports.signal,
    enough: enough.signal,
    finish: () => enough.abort(),
    onRecording,
    stop: (reason) => {
      programs.abort(reason);
      if (reason.by === 'lease-lost') reports.abort(reason);
      if (reason.by === 'shutdown') setTimeout(() => reports.abort(reason), LAST_REPORTS_MS).unref();
    },
  };
}
