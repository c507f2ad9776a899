import { parseArgs } from 'node:util';
import type { Random } from '../random.ts';

export interface CallsOptions {
  /** Picks the calls of a sample. */
  readonly seed: number;
  /** So many calls of each program; undefined: all of them, one after the other. */
  readonly sample: number | undefined;
  /** The first call, of a loop over all. */
  readonly from: number;
  readonly database: 'sqlite' | 'postgres';
}

/** @throws {TypeError} for what is no option of ours. */
export function parseCallsOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CallsOptions {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { seed: string, sample: string, from: string, database: string },
  });
  const whole = (name: string, text: string | undefined, otherwise: number): number => {
    const number = Number(text ?? otherwise);
    if (!Number.isSafeInteger(number) || number < 0) throw new TypeError(`${name} must be a whole number`);
    return number;
  };
  const database = values.database ?? environment['DATABASE'] ?? 'sqlite';
  if (database !== 'sqlite' && database !== 'postgres') throw new TypeError('DATABASE must be sqlite or postgres');
  const sample = values.sample ?? environment['SAMPLE'];
  return {
    seed: whole('SEED', values.seed ?? environment['SEED'], Date.now() % 1_000_000),
    sample: sample === undefined ? undefined : whole('SAMPLE', sample, 0),
    from: whole('FROM', values.from ?? environment['FROM'], 1),
    database,
  };
}

/** The numbers of the calls that fail, of a program that makes so many: a sample with at most one of each slice, or all. */
export function callNumbers(calls: number, { sample, from }: CallsOptions, random: Random): number[] {
  if (sample === undefined) return Array.from({ length: Math.max(0, calls - from + 1) }, (_, index) => from + index);
  return Array.from({ length: Math.min(sample, calls) }, (_, index) => {
    const slice = calls / Math.min(sample, calls);
    return random.between(Math.floor(index * slice) + 1, Math.floor((index + 1) * slice));
  });
}
