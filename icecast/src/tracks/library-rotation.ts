import { MediaId } from '@linkcast/contracts';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The finished audio of the library in rotation, for the time when yt-app does not name the next track. */
export interface LibraryRotation {
  /** Finds the item after the given one, in the order of ids, cyclically; undefined when there is no finished audio. */
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
      for (const id of order) if (await isFinished(path.join(mediaDirectory, id))) return id;
      return undefined;
    },
  };
}

/** media.json is written last: all other files are then complete. */
async function isFinished(directory: string): Promise<boolean> {
  try {
    await Promise.all([access(path.join(directory, 'media.json')), access(path.join(directory, 'audio.mp3'))]);
    return true;
  } catch {
    return false; // one of them is missing
  }
}
