import type { Logger } from '@linkcast/kit';
import type { StorageGuard } from '../../pipeline/limits/storage-guard.ts';
import type { Lease } from './lease.ts';
import type { Leases } from './leases.ts';

/** Keeps room on the disk for the downloads in progress, so that together they stay below STORAGE_LIMIT. */
export interface StorageReservations {
  /**
   * Reserves the space of a job, in bytes; null: unknown, nothing is reserved.
   *
   * @returns false when there is no room for it beside the others.
   */
  reserve(lease: Lease, bytes: number | null): Promise<boolean>;
  /** The bytes that the downloads in progress still need, as far as it is known. */
  outstandingBytes(): number;
}

export interface StorageReservationsOptions {
  readonly leases: Pick<Leases, 'all'>;
  readonly storage: Pick<StorageGuard, 'roomBytes'>;
  /** Called when so many bytes are missing for a job. */
  readonly onRoomMissing?: ((bytes: number) => void) | undefined;
  readonly logger: Pick<Logger, 'warn'>;
}

export function createStorageReservations(options: StorageReservationsOptions): StorageReservations {
  const { leases, storage, logger } = options;
  const outstandingBytes = (): number => leases.all().reduce((sum, lease) => sum + outstanding(lease), 0);

  return {
    outstandingBytes,
    async reserve(lease, bytes) {
      if (bytes === null) return true;
      const roomBytes = await storage.roomBytes();
      lease.reservedBytes = null; // of a repeated report
      const missing = bytes - (roomBytes - outstandingBytes()); // nothing is awaited from here on: two jobs never take the same room
      if (missing > 0) {
        logger.warn({ jobId: lease.id, bytes, missing }, 'no room for the job');
        options.onRoomMissing?.(missing);
        return false;
      }
      lease.reservedBytes = bytes;
      return true;
    },
  };
}

/** After a restart of the API, the total of the progress stands for the estimate. */
function outstanding({ reservedBytes, progress }: Lease): number {
  const total = reservedBytes ?? progress?.totalBytes ?? 0;
  return Math.max(0, total - (progress?.bytes ?? 0));
}
