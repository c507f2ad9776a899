import { parseArgs } from 'node:util';

const BENCHES = ['pipeline', 'sources', 'edge', 'memory', 'store'] as const;
export type BenchName = (typeof BENCHES)[number];

export interface BenchOptions {
  /** One bench alone. */
  readonly only?: BenchName;
  /** Of each of the two ways; the table shows medians. */
  readonly runs: number;
  /** Length of the source in seconds; half a megabyte each. */
  readonly sourceSeconds: number;
  /** Measures with less: a shorter source, a smaller library. */
  readonly isQuick: boolean;
}

const FULL_SECONDS = 600;
const QUICK_SECONDS = 120;
const MOST_RUNS = 20;

/** @throws {TypeError} for what is no option of ours. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      runs: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS)
    throw new TypeError(`--runs must be a whole number from 1 to ${MOST_RUNS}`);
  const only = BENCHES.find((name) => name === values.only);
  if (values.only !== undefined && only === undefined)
    throw new TypeError(`--only must be one of ${BENCHES.join(', ')}`);
  const { quick: isQuick } = values;
  const sourceSeconds = isQuick ? QUICK_SECONDS : FULL_SECONDS;
  return { ...(only === undefined ? {} : { only }), runs, sourceSeconds, isQuick };
}
