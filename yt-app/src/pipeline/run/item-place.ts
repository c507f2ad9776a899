import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import PQueue from 'p-queue';
import { readListing, type ItemListing } from '../hls/item-listing.ts';

/**
 * The place of an item's files. A new item grows in its directory in the library. An item of which an earlier run has made a part that people
 * may be playing grows beside it, and replaces it by rename when it lists as much.
 */
export interface ItemPlace {
  /** The directory of the item in the library. */
  readonly library: string;
  /** The directory in which the files are now. It changes when the item is published. */
  readonly directory: string;
  /** Reads and writes of files by their paths, one after another: no file is moved meanwhile. */
  readonly access: PQueue;
  /** True when the files are in the library. */
  readonly isPublished: boolean;
  /** Makes the directory; before any file is written. */
  prepare(): Promise<void>;
  /** Reports whether players of the earlier item find at least what they had. */
  coversEarlier(): Promise<boolean>;
  /** Moves the files into the library, each by rename, playlists after the media that they list. */
  publish(): Promise<void>;
  /** Removes the files of the earlier item that the new one does not have. */
  removeLeftovers(): Promise<void>;
}

export interface ItemPlaceOptions {
  /** The directory of the item in the library. */
  readonly library: string;
  /** The directory in which the item grows when it has an earlier one. */
  readonly aside: string;
  /** True when the library has a part of the item. */
  readonly hasEarlier: boolean;
}

const POSTER = 'poster.jpg';

export function createItemPlace({ library, aside, hasEarlier }: ItemPlaceOptions): ItemPlace {
  const access = new PQueue({ concurrency: 1 });
  let earlier: ItemListing | undefined;
  let leftovers: string[] = [];
  let isPublished = !hasEarlier;

  const moveAll = async (): Promise<void> => {
    const files = (await readdir(aside)).toSorted((one, other) => rank(one) - rank(other));
    await mkdir(library, { recursive: true });
    leftovers = (await readdir(library)).filter((name) => name !== POSTER && !files.includes(name));
    for (const file of files) await rename(path.join(aside, file), path.join(library, file));
    isPublished = true;
  };
  return {
    library,
    access,
    get directory() {
      return isPublished ? library : aside;
    },
    get isPublished() {
      return isPublished;
    },
    async prepare() {
      if (hasEarlier) earlier = await readListing(library).catch(ignoreMissing);
      isPublished = earlier === undefined;
      await mkdir(isPublished ? library : aside, { recursive: true });
    },
    coversEarlier: async () => !earlier || covers(await readListing(aside), earlier),
    publish: () => access.add(moveAll),
    async removeLeftovers() {
      for (const file of leftovers) await rm(path.join(library, file), { force: true });
    },
  };
}

/** Somebody has removed the directory of the earlier item: the new one takes its place at once. */
function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
  throw error;
}

/** Media first, then the playlists that list them, then the master playlist. */
function rank(file: string): number {
  return file === 'index.m3u8' ? 2 : file.endsWith('.m3u8') ? 1 : 0;
}

/** Rounding of the durations in playlists. */
const TOLERANCE_SECONDS = 0.01;

/** A rendition that the source does not offer any more is covered by all others. */
function covers(item: ItemListing, earlier: ItemListing): boolean {
  const shortest = [...item.seconds.values()].reduce((least, seconds) => Math.min(least, seconds), Infinity);
  const isListed = [...earlier.seconds].every(
    ([name, seconds]) => (item.seconds.get(name) ?? shortest) >= seconds - TOLERANCE_SECONDS,
  );
  return item.seconds.size > 0 && isListed && item.mp3Bytes >= earlier.mp3Bytes;
}
