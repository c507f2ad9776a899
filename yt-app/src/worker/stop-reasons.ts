/** Why the programs of a piece of work are ended although nothing went wrong. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
  /** `unwanted`: somebody cancelled it. `shutdown`: the worker ends. `lease-lost`: another worker may have it by now. */
  readonly by: 'unwanted' | 'shutdown' | 'lease-lost';

  constructor(by: WorkStopped['by']) {
    super(by);
    this.by = by;
  }
}

/** How a piece of work is ended from outside of it. */
export interface WorkControl {
  /** Aborted with a {@link WorkStopped} when the programs are to end. */
  readonly signal: AbortSignal;
  /** The first reason counts. */
  stop(reason: WorkStopped): void;
  /** Aborted when nobody takes a report of this work any more. */
  readonly leaseLost: AbortSignal;
}
