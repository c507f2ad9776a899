import type { BenchOptions } from './options.ts';

/** The options and the reporter of one run of the benches. */
export interface BenchRun {
  readonly options: BenchOptions;
  readonly signal: AbortSignal;
  /** Receives a line about each measurement as it begins. */
  readonly report: (line: string) => void;
}
