import type { KnownEntry } from './entry-store.ts';
import type { StoredList } from './followed-table.ts';
import { inOrderOfTime, isNewestFirst, type ListVideo } from './list-videos.ts';
import { isTitleWanted } from './title-filter.ts';

/** A check of a list: what it has found, and what was known before. */
export interface CheckedList {
  readonly list: Pick<StoredList, 'since' | 'filter' | 'lastCheckAt'>;
  readonly videos: readonly ListVideo[];
  /** True: the source lists more than was read. */
  readonly hasMore: boolean;
  readonly known: readonly KnownEntry[];
  /** Of the first check: the number of the newest videos that are wanted. Undefined for a later check. */
  readonly last: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A video that is to be fetched. */
export type WantedVideo = Pick<KnownEntry, 'sourceKey' | 'sourceId' | 'title'> & { readonly url: string };

export interface ListDecision {
  /** In the order in which they appeared. */
  readonly wanted: readonly WantedVideo[];
  /** The other videos, as they are to be remembered. */
  readonly remembered: readonly KnownEntry[];
  /** Source keys that are to be forgotten: an announcement that was withdrawn, or has another address now. */
  readonly forgotten: readonly string[];
}

const DAY_MS = 86_400_000;
/** A list of which so many videos, and all, are unknown has changed its addresses; a shorter one may have new videos only. */
const LEAST_REPLACED = 5;

/**
 * Decides which videos of a list are fetched. Pure.
 *
 * - The first check takes those that are dated since the wished day, and the wished number of the newest.
 * - A later one takes what was not there before. In a list that was cut, what comes after the last known video is older: videos move
 *   into the part that is read when others are deleted. When nothing is known, as after a move of the site, only what is dated since the
 *   last check is new.
 * - Announced and live videos wait for a later check.
 */
export function decideEntries(checked: CheckedList): ListDecision {
  const { videos, known, now } = checked;
  const lookup = createLookup(known);
  const isNew = createNewness(checked, lookup);
  const wanted: ListVideo[] = [];
  const remembered: KnownEntry[] = [];
  for (const video of videos) {
    const before = lookup(video);
    const state = decide(video, before, { ...checked, isNew });
    if (state === 'wanted') wanted.push(video);
    else remembered.push(toEntry(video, state, now));
  }
  const newestFirst = isNewestFirst(videos) ?? isBeforeKnown(wanted, videos, lookup);
  return {
    wanted: [...refusedOutside(checked), ...inOrderOfTime(wanted, newestFirst)],
    remembered,
    forgotten: withdrawn(known, videos),
  };
}

/** An entry as it is stored. */
export function toEntry(
  { sourceKey, sourceId, url, title }: WantedVideo,
  state: KnownEntry['state'],
  seenAt: number,
  place = 0,
): KnownEntry {
  const waits = state !== 'known';
  return { sourceKey, sourceId, state, seenAt, place, url: waits ? url : null, title: waits ? title : null };
}

type Lookup = (video: ListVideo) => KnownEntry | undefined;

/** Finds what is known of a video, by its URL or its id. */
function createLookup(known: readonly KnownEntry[]): Lookup {
  const byKey = new Map(known.map((entry) => [entry.sourceKey, entry]));
  const byId = new Map(known.flatMap((entry) => (entry.sourceId === null ? [] : [[entry.sourceId, entry] as const])));
  return ({ sourceKey, sourceId }) => byKey.get(sourceKey) ?? (sourceId === null ? undefined : byId.get(sourceId));
}

interface Newness extends CheckedList {
  readonly isNew: (video: ListVideo) => boolean;
}

function decide(
  video: ListVideo,
  before: KnownEntry | undefined,
  { list, isNew }: Newness,
): KnownEntry['state'] | 'wanted' {
  if (before?.state === 'known' || !isWanted(video, list)) return 'known';
  if (video.isUpcoming) return 'upcoming';
  return before !== undefined || isNew(video) ? 'wanted' : 'known';
}

/** Reports whether the title and the date of a video are wanted. */
function isWanted({ title, publishedAt }: ListVideo, { since, filter }: CheckedList['list']): boolean {
  const isOld = since !== null && publishedAt !== null && publishedAt < Date.parse(since);
  return !isOld && isTitleWanted(title, filter);
}

/** Makes the test of the videos that were not known before. */
function createNewness(checked: CheckedList, lookup: Lookup): (video: ListVideo) => boolean {
  const { list, videos, hasMore, known, last, now } = checked;
  if (last !== undefined) {
    const newest = new Set(newestOf(videos, list, last));
    return (video) => newest.has(video) || (list.since !== null && video.publishedAt !== null);
  }
  const lastKnown = videos.findLast((video) => lookup(video) !== undefined)?.index;
  if (lastKnown === undefined && known.length > 0 && videos.length >= LEAST_REPLACED) {
    const from = (list.lastCheckAt ?? now) - DAY_MS;
    return ({ publishedAt }) => publishedAt !== null && publishedAt >= from;
  }
  return ({ index }) => !hasMore || lastKnown === undefined || index < lastKnown;
}

/** The newest wanted videos that are there. In a list without dates, the first ones. */
function newestOf(videos: readonly ListVideo[], list: CheckedList['list'], count: number): ListVideo[] {
  const there = videos.filter((video) => !video.isUpcoming && isWanted(video, list));
  return count === 0 ? [] : inOrderOfTime(there, true).slice(-count);
}

/** Reports whether the new videos come before the known ones: the list has the newest first. */
function isBeforeKnown(wanted: readonly ListVideo[], videos: readonly ListVideo[], lookup: Lookup): boolean {
  const firstKnown = videos.find((video) => lookup(video) !== undefined)?.index ?? 0;
  return wanted.some(({ index }) => index < firstKnown);
}

/** The videos for which there was no room, and that the list does not have any more. */
function refusedOutside({ known, videos }: CheckedList): WantedVideo[] {
  const isListed = createListed(videos);
  return known.flatMap((entry) => {
    const { state, sourceKey, sourceId, url, title } = entry;
    return state === 'refused' && url !== null && !isListed(entry) ? [{ sourceKey, sourceId, url, title }] : [];
  });
}

/** The announcements that are not in the list any more, and what waited at an address that a listed video has left. */
function withdrawn(known: readonly KnownEntry[], videos: readonly ListVideo[]): string[] {
  const keys = new Set(videos.map(({ sourceKey }) => sourceKey));
  const isListed = createListed(videos);
  return known.flatMap((entry) => {
    const isWithdrawn = entry.state === 'upcoming' || (entry.state === 'refused' && isListed(entry));
    return isWithdrawn && !keys.has(entry.sourceKey) ? [entry.sourceKey] : [];
  });
}

/** Makes the test of the known entries that a list has, by URL or id. */
function createListed(videos: readonly ListVideo[]): (entry: Pick<KnownEntry, 'sourceKey' | 'sourceId'>) => boolean {
  const keys = new Set(videos.map(({ sourceKey }) => sourceKey));
  const ids = new Set(videos.flatMap(({ sourceId }) => sourceId ?? []));
  return ({ sourceKey, sourceId }) => keys.has(sourceKey) || (sourceId !== null && ids.has(sourceId));
}
