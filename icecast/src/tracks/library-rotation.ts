import { MediaId } from '@linkcast/contracts';
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The station's own way through the library, for when yt-app does not say what airs next. */
export interface LibraryLoop {
  /** The item after the given one, in the order of ids, round and round; undefined when there is no finished audio. */
  after(mediaId: string | undefined): Promise<string | undefined>;
}

/** Where an item's audio lies, relative to MEDIA_DIR. */
export const audioPath = (mediaId: string): string => path.join(mediaId, 'audio.mp3');

export function createLibraryLoop(mediaDirectory: string): LibraryLoop {
  return {
    after: async (mediaId = '') => {
      const entries = await readdir(mediaDirectory).catch(() => []); // not there yet: an empty library
      const ids = entries.filter((entry) => MediaId.safeParse(entry).success).sort();
      const start = ids.findIndex((id) => id > mediaId);
      const order = start <= 0 ? ids : [...ids.slice(start), ...ids.slice(0, start)];
      for (const id of order) if (await isFinished(path.join(mediaDirectory, id))) return id;
      return undefined;
    },
  };
}

/** media.json is written last, when everything else is whole. */
async function isFinished(directory: string): Promise<boolean> {
  try {
    await Promise.all([access(path.join(directory, 'media.json')), access(path.join(directory, 'audio.mp3'))]);
    return true;
  } catch {
    return false; // one of them is missing
  }
}
