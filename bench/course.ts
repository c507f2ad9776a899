import type { BenchOptions } from './options.ts';

/** What every bench is given. */
export interface Course {
  readonly options: BenchOptions;
  readonly signal: AbortSignal;
  /** Told what is being measured. */
  readonly report: (line: string) => void;
}
