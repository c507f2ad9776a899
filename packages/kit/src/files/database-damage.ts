import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The pages of a SQLite file contradict each other, or are none. */
export class DatabaseDamaged extends Error {
  override readonly name = 'DatabaseDamaged';

  constructor(file: string, finding: string) {
    super(`database ${file} is damaged: ${finding}`);
  }
}

const DAMAGE_CODES = /^SQLITE_(CORRUPT(_.+)?|NOTADB)$/;
/** The files of a database in WAL mode. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

/** Reports whether an error says that a SQLite file is damaged. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DatabaseDamaged) return true;
  return error instanceof Error && 'code' in error && DAMAGE_CODES.test(String(error.code));
}

/** Notes that a query has found damage: the next start checks everything. The disk may not take the note. */
export function markSuspect(file: string): void {
  try {
    writeFileSync(suspectMark(file), '');
  } catch {
    // the next start checks what it can in its time
  }
}

export function isSuspect(file: string): boolean {
  return existsSync(suspectMark(file));
}

/** Called after a whole check, or when the file is set aside. */
export function clearSuspect(file: string): void {
  rmSync(suspectMark(file), { force: true });
}

/**
 * Renames a damaged database and the files beside it: `<file>.damaged-2026-11-29T12-04-19Z`. Nothing is deleted: somebody may
 * still read rows from it. Nobody uses it meanwhile.
 *
 * @returns the new name of the file, without its folder.
 */
export function setDatabaseAside(file: string, at: Date): string {
  const aside = path.join(path.dirname(file), asideName(file, at));
  for (const suffix of SUFFIXES) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  clearSuspect(file);
  syncFolder(path.dirname(file));
  return path.basename(aside);
}

/** The name, without its folder, that {@link setDatabaseAside} gives to a file. */
export function asideName(file: string, at: Date): string {
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `${path.basename(file)}.damaged-${time}`;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function suspectMark(file: string): string {
  return `${file}.suspect`;
}
