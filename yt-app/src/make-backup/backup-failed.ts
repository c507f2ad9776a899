import { BackupRefused, isDiskFull, type BackupFailure } from '@linkcast/kit';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';

/** A backup that was not made, for a reason that the owner can remove. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
  readonly failure: BackupFailure;

  constructor(failure: BackupFailure, options?: ErrorOptions) {
    super(failure, options);
    this.failure = failure;
  }
}

const FAILURE_BY_CODE: Readonly<Record<string, BackupFailure>> = {
  ENOENT: 'no-directory', // the sources were checked before
  ENOTDIR: 'no-directory',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  SQLITE_READONLY: 'not-writable',
  SQLITE_CANTOPEN: 'not-writable',
  SQLITE_CORRUPT: 'database-damaged',
  SQLITE_NOTADB: 'database-damaged',
};

/** The reason why a run failed with this error. */
export function failureOf(error: unknown): BackupFailure {
  if (error instanceof BackupFailed) return error.failure;
  if (error instanceof DatabaseUnavailable) return 'database-away';
  if (error instanceof BackupRefused) return 'database-damaged';
  if (isDiskFull(error)) return 'disk-full';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FAILURE_BY_CODE[code] ?? 'unexpected';
}
