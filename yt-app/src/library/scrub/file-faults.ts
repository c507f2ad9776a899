import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { FileChecksum } from '@linkcast/contracts';
import type { FileDigest } from '@linkcast/kit';
import { itemFileNames } from '../files/item-files.ts';
import { recoverRendition } from '../recovery/recovered-rendition.ts';
import type { ItemRecord } from '../items/item-table.ts';
import type { DigestFile } from './paced-digest.ts';

/** A file that is not as it was published. */
export interface FileFault {
  readonly name: string;
  /** `unreadable`: the disk reports an error for it. */
  readonly fault: 'missing' | 'short' | 'changed' | 'unreadable';
}

/** Errors of the disk for one file. Others are of this machine, and reveal nothing about the file. */
const DISK_FAULTS: Readonly<Record<string, FileFault['fault']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ELOOP: 'changed',
  EIO: 'unreadable',
};

/** Compares files with their checksums. A file of another length is not read. */
export async function findFileFaults(
  directory: string,
  files: readonly FileChecksum[],
  digest: (file: string) => Promise<FileDigest>,
): Promise<FileFault[]> {
  const faults: FileFault[] = [];
  for (const file of files) {
    const fault = await faultOf(path.join(directory, file.name), file, digest);
    if (fault) faults.push({ name: file.name, fault });
  }
  return faults;
}

async function faultOf(
  file: string,
  { bytes, sha256 }: FileChecksum,
  digest: (file: string) => Promise<FileDigest>,
): Promise<FileFault['fault'] | undefined> {
  try {
    const stats = await lstat(file);
    if (!stats.isFile()) return 'changed';
    if (stats.size !== bytes) return stats.size < bytes ? 'short' : 'changed';
    return (await digest(file)).sha256 === sha256 ? undefined : 'changed';
  } catch (error) {
    const fault = DISK_FAULTS[(error as NodeJS.ErrnoException).code ?? '']; // fs throws these
    if (fault === undefined) throw error;
    return fault;
  }
}

/** The first check of an item that was published without checksums: its files are whole, or some are missing or cut short. */
export async function readChecksums(
  directory: string,
  { renditions, hasFile, hasPoster }: Pick<ItemRecord, 'renditions' | 'hasFile' | 'hasPoster'>,
  { digest, signal }: { digest: DigestFile; signal: AbortSignal },
): Promise<{ files?: readonly FileChecksum[]; faults: readonly FileFault[] }> {
  const present = new Set(await readdir(directory).catch(() => [])); // missing: it has no files
  const wanted = itemFileNames({ renditions, hasFile, hasPoster });
  const faults: FileFault[] = wanted.filter((name) => !present.has(name)).map((name) => ({ name, fault: 'missing' }));
  for (const { name } of renditions) {
    const isPresent = present.has(`${name}.m3u8`) && present.has(`${name}.mp4`);
    if (isPresent && !(await recoverRendition(directory, name))) faults.push({ name: `${name}.mp4`, fault: 'short' });
  }
  if (faults.length > 0) return { faults };
  const files: FileChecksum[] = [];
  for (const name of wanted) {
    const { bytes, sha256 } = await digest(path.join(directory, name), signal);
    files.push(FileChecksum.parse({ name, bytes, sha256 }));
  }
  return { files, faults };
}
