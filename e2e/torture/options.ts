import { parseArgs } from 'node:util';

export interface TortureOptions {
  /** Repeats the decisions of a run; their times differ. */
  readonly seed: number;
  /** Minutes with faults; the checks take some more. */
  readonly minutes: number;
  readonly database: 'sqlite' | 'postgres';
  /** `faults`: the nemesis breaks things. `full-disk`: it does not, and people send more than the disk has room for. */
  readonly scene: 'faults' | 'full-disk';
  /** Folder for the record of the run; undefined: none is kept. */
  readonly record?: string | undefined;
}

const MOST_MINUTES = 24 * 60;

/**
 * Reads `--seed`, `--minutes`, `--database`, `--scene` and `--record`, else SEED, MINUTES, DATABASE, SCENE and RECORD.
 *
 * @throws {TypeError} for what is no option of ours.
 */
export function parseOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): TortureOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      database: { type: 'string' },
      scene: { type: 'string' },
      record: { type: 'string' },
    },
  });
  const seed = Number(values.seed ?? environment['SEED'] ?? Date.now() % 1_000_000);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new TypeError('SEED must be a whole number');
  const minutes = Number(values.minutes ?? environment['MINUTES'] ?? 10);
  if (!(minutes > 0 && minutes <= MOST_MINUTES)) throw new TypeError(`MINUTES must be between 0 and ${MOST_MINUTES}`);
  const database = values.database ?? environment['DATABASE'] ?? 'sqlite';
  if (database !== 'sqlite' && database !== 'postgres') throw new TypeError('DATABASE must be sqlite or postgres');
  const scene = values.scene ?? environment['SCENE'] ?? 'faults';
  if (scene !== 'faults' && scene !== 'full-disk') throw new TypeError('SCENE must be faults or full-disk');
  return { seed, minutes, database, scene, record: values.record ?? environment['RECORD'] };
}
