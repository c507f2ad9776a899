import type { BenchOptions } from './options.ts';

/** The options and the reporter of one run of the benches. */
export interface Course {
  readonly options: BenchOptions;
  readonly signal: AbortSignal;
  /** Told what is being measured. */
  readonly report: (line: string) => void;
}
