import { ValidationFault } from '@linkcast/contracts';
import { writeFileAtomic } from '@linkcast/kit';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const times = z.array(z.number());

/** What is known of the attempts for one lineage; it survives restarts, and times are milliseconds since 1970. */
const Attempts = z.object({
  /** When the run that goes on now was started; null: none does. */
  runningSince: z.number().nullable().default(null),
  failuresInRow: z.number().default(0),
  /** Runs that brought nothing. */
  failedAt: times.default([]),
  issuedAt: times.default([]),
  /** The ACME server wants no attempt before. */
  notBefore: z.number().nullable().default(null),
  /** How the last attempt was validated, or would have been. */
  challenge: z.enum(['http-01', 'dns-01']).nullable().default(null),
  /** What worked last. */
  workingChallenge: z.enum(['http-01', 'dns-01']).nullable().default(null),
  validatedAt: z.iso.datetime().nullable().default(null),
  lastFault: ValidationFault.nullable().default(null),
  lastError: z.object({ at: z.iso.datetime(), sentence: z.string() }).nullable().default(null),
});
export type Attempts = z.infer<typeof Attempts>;

export interface AttemptStore {
  readonly current: Attempts;
  /** Changes some of it. It is on the disk when this resolves, or throws when the disk does not take it. */
  change(part: Partial<Attempts>): Promise<void>;
}

/** Longest list of times that the limits look at. */
const TIMES_KEPT = 20;

/** Reads the record; one that is missing or damaged starts anew. */
export async function openAttemptStore(file: string): Promise<AttemptStore> {
  let current = await readAttempts(file);
  return {
    get current() {
      return current;
    },
    change: async (part) => {
      const next = { ...current, ...part };
      current = { ...next, failedAt: next.failedAt.slice(-TIMES_KEPT), issuedAt: next.issuedAt.slice(-TIMES_KEPT) };
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFileAtomic(file, `${JSON.stringify(current, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

async function readAttempts(file: string): Promise<Attempts> {
  try {
    return Attempts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return Attempts.parse({}); // missing, or damaged: nothing of it is dear
  }
}
