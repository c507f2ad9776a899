import { readFile, rm } from 'node:fs/promises';
import { writeFileAtomic } from '@linkcast/kit';

/** The number of fragments of a list that have come, in a file. After a crash it is the true one, or smaller. */
export interface FragmentCount {
  /** By the earlier run; 0: none, or unknown. */
  readonly earlier: number;
  note(count: number): void;
  /** Forgets the number: the track begins anew. */
  reset(): Promise<void>;
}

export async function openFragmentCount(file: string): Promise<FragmentCount> {
  const earlier = Number(await readFile(file, 'utf8').catch(() => ''));
  let noted = 0;
  let isWriting = false;

  return {
    earlier: Number.isSafeInteger(earlier) && earlier > 0 ? earlier : 0,
    reset: () => rm(file, { force: true }),
    note(count) {
      if (isWriting || count <= noted) return;
      noted = count;
      isWriting = true;
      void writeFileAtomic(file, String(count), { durable: false })
        .catch(() => undefined) // without it, the next run begins anew
        .finally(() => (isWriting = false));
    },
  };
}
