import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isReadOnly } from '@linkcast/kit';

const PROBE = '.write-probe';

/**
 * Makes an empty file and deletes it: access(2) permits writing on an ext4 that has become read-only by an error, and every write
 * fails.
 *
 * @throws EROFS on a read-only disk. Other faults, such as a full disk, are no answer.
 */
export function requireWritableDisk(folder: string): void {
  const file = path.join(folder, PROBE);
  try {
    closeSync(openSync(file, 'w', 0o600));
    rmSync(file);
  } catch (error) {
    if (isReadOnly(error)) throw error;
  }
}

export function isDiskReadOnly(folder: string): boolean {
  try {
    requireWritableDisk(folder);
    return false;
  } catch {
    return true; // it throws nothing else
  }
}
