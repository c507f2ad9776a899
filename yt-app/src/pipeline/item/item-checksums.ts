import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { FileChecksum } from '@linkcast/contracts';
import { digestFile, type FileDigest } from '@linkcast/kit';

/**
 * The checksums of all files of an item.
 *
 * @param known those of files that have been read already.
 */
export async function itemChecksums(
  directory: string,
  known: ReadonlyMap<string, FileDigest>,
  signal: AbortSignal,
): Promise<FileChecksum[]> {
  const found = await readdir(directory);
  const names = found.filter((name) => FileChecksum.shape.name.safeParse(name).success);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const { bytes, sha256 } = known.get(name) ?? (await digestFile(path.join(directory, name), signal));
      return { name, bytes, sha256 };
    }),
  );
}
