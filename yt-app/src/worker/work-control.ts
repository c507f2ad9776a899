import { RunStopped } from '../pipeline/pipeline.ts';

/** The reason of a signal that ends the programs of a piece of work although nothing failed. */
export class WorkStopped extends RunStopped {
  override readonly name = 'WorkStopped';
  /** `unwanted`: it was cancelled. `shutdown`: the worker stops. `lease-lost`: another worker may have it. */
  readonly by: 'unwanted' | 'shutdown' | 'lease-lost';

  constructor(by: WorkStopped['by']) {
    super(by, { isContinued: by !== 'unwanted' });
    this.by = by;
  }
}

/** Ends a piece of work from outside of it. */
export interface WorkControl {
  /** Aborted with a {@link WorkStopped} when the programs have to end. */
  readonly signal: AbortSignal;
  /** Aborted when no more of a live source is wanted: the work then ends by itself. */
  readonly enough: AbortSignal;
  readonly finish: () => void;
  /** Called when the work records a live source, which may take hours. */
  readonly onRecording: () => void;
  /** The first reason counts. */
  readonly stop: (reason: WorkStopped) => void;
  /** Aborted when no more reports are to be sent: the lease is lost, or a stopping worker has used up the time for its last ones. */
  readonly leaseLost: AbortSignal;
}
