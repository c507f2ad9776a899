import { cpus, loadavg } from 'node:os';
import { pause } from '@linkcast/kit';

/** The machine's other work, to which the decoding of published items gives way. */
export interface IdleMachine {
  readonly isIdle: () => boolean;
  /** Pauses after a program that took so long, and until the machine is idle, or the signal is aborted. */
  readonly rest: (workedMs: number, signal: AbortSignal) => Promise<void>;
}

/** Load average of the last minute, for each processor. The decoding itself adds a quarter to that of one processor. */
const MOST_LOAD = 0.5;
/** A program of one thread that rests three times as long as it works takes a quarter of a processor. */
const REST_RATIO = 3;
const BUSY_MS = 10_000;

/** @param readLoad the load average for each processor. Default: that of the machine. */
export function createIdleMachine(readLoad: () => number = machineLoad, wait = pause): IdleMachine {
  const isIdle = (): boolean => readLoad() < MOST_LOAD;
  return {
    isIdle,
    async rest(workedMs, signal) {
      await wait(workedMs * REST_RATIO, signal);
      while (!signal.aborted && !isIdle()) await wait(BUSY_MS, signal);
    },
  };
}

function machineLoad(): number {
  return (loadavg()[0] ?? 0) / Math.max(1, cpus().length);
}
