import { UpkeepError, ValidationFault } from '@linkcast/contracts';
import { writeFileAtomic } from '@linkcast/kit';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const times = z.array(z.number());

/** The attempts for one lineage, kept through restarts; times are milliseconds since 1970. */
const Attempts = z.object({
  /** Start of the current run; null: none. */
  runningSince: z.number().nullable().default(null),
  failuresInRow: z.number().default(0),
  /** Runs without a certificate. */
  failedAt: times.default([]),
  issuedAt: times.default([]),
  /** Earliest time of the next attempt by the ACME server; null: any. */
  notBefore: z.number().nullable().default(null),
  /** Challenge of the last attempt. */
  challenge: z.enum(['http-01', 'dns-01']).nullable().default(null),
  /** Challenge that succeeded last. */
  workingChallenge: z.enum(['http-01', 'dns-01']).nullable().default(null),
  validatedAt: z.iso.datetime().nullable().default(null),
  lastFault: ValidationFault.nullable().default(null),
  lastError: UpkeepError.nullable().default(null),
});
export type Attempts = z.infer<typeof Attempts>;

/** The file of the attempts. */
export interface AttemptStore {
  readonly current: Attempts;
  /** Changes some members, and writes the file. Throws when it cannot be written; the change counts until the next start. */
  save(part: Partial<Attempts>): Promise<void>;
}

/** More times than any limit reads. */
const TIMES_KEPT = 20;

/** Opens the file; one that is missing or damaged is replaced by an empty one. */
export async function openAttemptStore(file: string): Promise<AttemptStore> {
  let current = await readAttempts(file);
  return {
    get current() {
      return current;
    },
    save: async (part) => {
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
    return Attempts.parse({}); // missing or damaged: only the limits start again
  }
}
