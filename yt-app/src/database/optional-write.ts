import { isDiskFull, isReadOnly } from '@linkcast/kit';

/**
 * Waits for a write that may be left out, such as the time of the last use of a session: while the disk is full or read-only,
 * people are still let in.
 */
export async function writeIfPossible(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDiskFull(error) && !isReadOnly(error)) throw error;
  }
}
