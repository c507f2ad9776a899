import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@linkcast/contracts';
import { foldersAbove, type TargetFolder } from './target-folder.ts';

/** Other programs read what is delivered. */
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/**
 * Opens DELIVERY_DIR. Nothing is written outside of it, through a link either.
 *
 * @param root undefined: it is not set.
 * @throws {Problem} delivery-folder-unset.
 */
export async function openLocalFolder(root: string | undefined, signal: AbortSignal): Promise<TargetFolder> {
  if (root === undefined) throw new Problem('delivery-folder-unset');
  const real = await realpath(root).catch((error: unknown) => {
    throw new Problem('delivery-folder-unset', {}, { cause: error });
  });
  const pathOf = (place: string): string => path.join(real, ...place.split('/'));
  const requireInside = async (folder: string): Promise<void> => {
    const found = await realpath(folder);
    if (found !== real && !found.startsWith(`${real}${path.sep}`))
      throw new Problem('delivery-refused', {}, { cause: new Error('a link leads out of DELIVERY_DIR') });
  };
  /** The path of a file whose folder is inside. */
  const inside = async (place: string): Promise<string> => {
    const file = pathOf(place);
    await requireInside(path.dirname(file));
    return file;
  };

  return {
    async makeFolder(folder) {
      for (const each of foldersAbove(folder)) {
        const made = await makeOne(await inside(each));
        await requireInside(made);
      }
    },
    async write(place, localFile) {
      const file = await open(await inside(place), 'wx', FILE_MODE); // follows no link
      try {
        await pipeline(createReadStream(localFile), file.createWriteStream({ flush: true }), { signal });
      } finally {
        await file.close().catch(() => undefined); // the stream has closed it
      }
      await chmod(pathOf(place), FILE_MODE);
    },
    async size(place) {
      const file = await inside(place);
      const found = await stat(file).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
        throw error;
      });
      return found?.size;
    },
    async digest(place) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(await inside(place)), hash, { signal });
      return hash.digest('hex');
    },
    rename: async (from, to) => rename(await inside(from), await inside(to)),
    remove: async (place) => rm(await inside(place), { force: true }),
    close: () => undefined,
  };
}

async function makeOne(folder: string): Promise<string> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) await chmod(folder, FOLDER_MODE);
  return folder;
}
