import { Media, MediaId } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The finished audio of the library that everyone may hear, in rotation, for the time when yt-app does not name the next track. */
export interface LibraryRotation {
  /** Finds the item after the given one, in the order of ids, cyclically; undefined when there is none. */
  after(mediaId: string | undefined): Promise<string | undefined>;
}

/** Returns the path of an item's audio, relative to MEDIA_DIR. */
export const audioPath = (mediaId: string): string => path.join(mediaId, 'audio.mp3');

export function createLibraryRotation(mediaDirectory: string): LibraryRotation {
  return {
    after: async (mediaId = '') => {
      const entries = await readdir(mediaDirectory).catch(() => []); // missing: an empty library
      const ids = entries.filter((entry) => MediaId.safeParse(entry).success).sort();
      const start = ids.findIndex((id) => id > mediaId);
      const order = start <= 0 ? ids : [...ids.slice(start), ...ids.slice(0, start)];
      for (const id of order) if (await isAirable(path.join(mediaDirectory, id))) return id;
      return undefined;
    },
  };
}

const ListedMedia = Media.pick({ visibility: true, deletedAt: true });

/** media.json is written last: all other files are then complete. It also says that an item is private, or in the trash. */
async function isAirable(directory: string): Promise<boolean> {
  try {
    await access(path.join(directory, 'audio.mp3'));
    const media = ListedMedia.safeParse(parseJson(await readFile(path.join(directory, 'media.json'), 'utf8')));
    return media.success && media.data.visibility === 'everyone' && media.data.deletedAt === null;
  } catch {
    return false; // one of them is missing
  }
}
