import { isDiskFull, pause, type Logger } from '@linkcast/kit';

/** A full disk may have room again after this long. */
export const DISK_FULL_PAUSE_MS = 5000;

/**
 * Writes, and tries again while the disk is full. What is not written when the service stops, the next start puts right.
 *
 * @throws what else keeps it from writing.
 */
export async function writeWhenThereIsRoom(
  write: () => void,
  { stopping, logger }: { readonly stopping: AbortSignal; readonly logger: Logger },
): Promise<void> {
  for (;;) {
    try {
      write();
      return;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      logger.error({ err: error }, 'the disk is full: waiting for space');
      if (stopping.aborted) return;
      await pause(DISK_FULL_PAUSE_MS, stopping);
    }
  }
}
