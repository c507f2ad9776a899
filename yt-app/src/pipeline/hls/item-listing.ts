import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parsePlaylist } from './byte-range-playlist.ts';
import { totalSeconds } from './segment.ts';

/** The parts of an item that players find. */
export interface ItemListing {
  /** Listed seconds of each rendition, by its name. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Size of `audio.mp3`; 0 when there is none. */
  readonly mp3Bytes: number;
}

const EXTENSION = '.m3u8';

/** Reads the playlists of an item's directory. */
export async function readListing(directory: string): Promise<ItemListing> {
  const files = await readdir(directory);
  const playlists = files.filter((file) => file.endsWith(EXTENSION) && file !== 'index.m3u8');
  const seconds = new Map<string, number>();
  for (const file of playlists) {
    const index = parsePlaylist(await readFile(path.join(directory, file), 'utf8'));
    if (index) seconds.set(path.basename(file, EXTENSION), totalSeconds(index.segments));
  }
  const mp3Bytes = files.includes('audio.mp3') ? (await stat(path.join(directory, 'audio.mp3'))).size : 0;
  return { seconds, mp3Bytes };
}
