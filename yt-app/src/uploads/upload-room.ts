import { Problem } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import type { JobLimits } from '../jobs/submission/job-limits.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import type { StoredUpload } from './upload-folders.ts';

export interface UploadRoomOptions {
  readonly database: AppDatabase;
  readonly limits: Pick<JobLimits, 'require'>;
  readonly storage: Pick<StorageGuard, 'roomBytes'>;
  /** The bytes that the downloads in progress still need. */
  readonly reservedBytes: () => number;
  /** MAX_SIZE. */
  readonly maxBytes: number;
}

/** An upload that is to begin. */
export interface WantedUpload {
  readonly personId: string;
  readonly bytes: number;
}

/** Unfinished uploads of one person. */
const MOST_OPEN = 50;
/** The file and the item that is made of it are on the disk together. */
const COPIES = 2;

/**
 * Decides whether an upload may begin. The unfinished ones count as if their jobs and items were there.
 *
 * @param open the unfinished uploads of everybody.
 * @throws {Problem} too-large, too-many-requests, over-limit, storage-full.
 */
export async function requireUploadRoom(
  { personId, bytes }: WantedUpload,
  open: readonly StoredUpload[],
  { database, limits, storage, reservedBytes, maxBytes }: UploadRoomOptions,
): Promise<void> {
  if (bytes > maxBytes) throw new Problem('too-large', { limit: { kind: 'size', bytes: maxBytes } });
  const own = open.filter(({ record }) => record.personId === personId);
  if (own.length >= MOST_OPEN) throw new Problem('too-many-requests', { retryAfterSeconds: 60 });
  const ownBytes = own.reduce((sum, { record }) => sum + record.bytes, 0);
  await database.transaction(() => limits.require(personId, { count: own.length + 1, bytes: ownBytes + bytes }));
  const needed = open.reduce((sum, { record, offset }) => sum + COPIES * record.bytes - offset, COPIES * bytes);
  if (needed + reservedBytes() > (await storage.roomBytes())) throw new Problem('storage-full'); // a size that is only announced frees nothing
}
