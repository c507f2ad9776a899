import { syncPath } from '@linkcast/kit';
import { access, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { stagedFiles, type StagedRestore } from './restore-plan.ts';

/** Files that SQLite keeps beside a database. SQLite would apply them to any database that lies beside them. */
const BESIDE_DATABASE = ['-wal', '-shm', '-journal'];

/**
 * Puts the staged files into their places in DATA_DIR, and what was there into the folder aside. Interrupted, it goes on with the
 * files that are still staged.
 */
export async function placeFiles(dataDir: string, { folder, aside }: StagedRestore): Promise<void> {
  for (const file of await stagedFiles(folder)) {
    const replaced = file.endsWith('.sqlite') ? [...BESIDE_DATABASE.map((end) => `${file}${end}`), file] : [file];
    for (const each of replaced) await moveAside(dataDir, aside, each);
    const target = path.join(dataDir, file);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await syncPath(path.dirname(target)); // the old one is away before the new one comes
    await rename(path.join(folder, file), target);
    await syncPath(path.dirname(target));
  }
}

/** Moves one file aside, if there is one. */
async function moveAside(dataDir: string, aside: string, file: string): Promise<void> {
  const source = path.join(dataDir, file);
  if (!(await isThere(source))) return;
  const target = path.join(dataDir, aside, file);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await rename(source, target);
  await syncPath(path.dirname(target));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
