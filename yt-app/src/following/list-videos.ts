import type { ListingEntry, SourceListing } from '@linkcast/contracts';
import { isSourceUrl, sourceKey } from '../egress/source-url.ts';

/** A video as a check finds it in a list. */
export interface ListVideo {
  /** The normalised URL. */
  readonly sourceKey: string;
  readonly sourceId: string | null;
  readonly url: string;
  readonly title: string | null;
  /** Milliseconds since 1970; null: unknown. */
  readonly publishedAt: number | null;
  /** True while it is announced, live, or dated in the future. */
  readonly isUpcoming: boolean;
  /** Its place in the list, from 0. */
  readonly index: number;
}

/**
 * The videos of a list, each once, without those that may not be fetched.
 *
 * @param allowPrivate `host:port` pairs that may be private.
 */
export function listVideos(listing: SourceListing, now: number, allowPrivate: readonly string[]): ListVideo[] {
  const keys = new Set<string>();
  const ids = new Set<string>();
  return listing.entries.flatMap((entry, index) => {
    if (!isSourceUrl(entry.url, allowPrivate)) return [];
    const video = toVideo(entry, index, now);
    if (keys.has(video.sourceKey) || (video.sourceId !== null && ids.has(video.sourceId))) return [];
    keys.add(video.sourceKey);
    if (video.sourceId !== null) ids.add(video.sourceId);
    return [video];
  });
}

/** Reports whether a list has its newest videos first, by their dates; undefined: they do not say. */
export function isNewestFirst(videos: readonly ListVideo[]): boolean | undefined {
  const dates = videos.flatMap(({ publishedAt }) => publishedAt ?? []);
  const steps = dates.slice(1).map((date, index) => Math.sign(date - (dates[index] ?? date)));
  const sum = steps.reduce((total, step) => total + step, 0);
  return sum === 0 ? undefined : sum < 0;
}

/** The videos in the order in which they appeared. @param newestFirst the order of the list. */
export function inOrderOfTime(videos: readonly ListVideo[], newestFirst: boolean): ListVideo[] {
  const listed = videos.toSorted((one, other) => (one.index - other.index) * (newestFirst ? -1 : 1));
  if (listed.some(({ publishedAt }) => publishedAt === null)) return listed;
  return listed.toSorted((one, other) => (one.publishedAt ?? 0) - (other.publishedAt ?? 0));
}

function toVideo(
  { url, title, sourceId, publishedAt, isUpcoming }: ListingEntry,
  index: number,
  now: number,
): ListVideo {
  const date = publishedAt === null ? null : Date.parse(publishedAt);
  return {
    ...{ url, title, sourceId, index, publishedAt: date },
    sourceKey: sourceKey(new URL(url)),
    isUpcoming: isUpcoming || (date !== null && date > now),
  };
}
