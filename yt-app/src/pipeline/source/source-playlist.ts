import type { Playlist, PlaylistEntry } from '@linkcast/contracts';
import { z } from 'zod';
import { MAX_URL_CHARACTERS, readListOutput, readTabs } from './list-output.ts';
import { sourceTitle } from './source-title.ts';

const text = z.string().nullish();

/** The fields of an entry of `yt-dlp --flat-playlist -J` that are read. Sites may put anything into them. */
const ListedEntry = z.looseObject({ url: text, webpage_url: text, title: text, duration: z.number().nullish() });
/** A link as `yt-dlp --flat-playlist -J` reads it: a list of videos, or undefined for anything else. */
export type Listed = Playlist | undefined;

/**
 * Reads the output of `yt-dlp --flat-playlist -J`.
 *
 * @param most entries that are taken; a longer list says that it has more.
 * @returns undefined for one video, and for a page on which fewer than two videos have links of their own.
 * @throws {Problem} source-extractor: extractors pass on data of the site, which may have any form.
 */
export function parseListing(output: string, most: number): Listed {
  const listing = readListOutput(output);
  if (!listing) return undefined;
  const listed = readTabs(listing.entries).flat();
  const found = listed.flatMap((entry) => readEntry(entry, listing.webpage_url) ?? []);
  const entries = [...new Map(found.map((entry) => [entry.url, entry])).values()];
  if (entries.length < 2) return undefined;
  return {
    title: listing.title ? sourceTitle({ id: '', title: listing.title }) : null,
    entries: entries.slice(0, most),
    hasMore: listed.length > most,
    one: null,
  };
}

function readEntry(value: unknown, listUrl: string | null | undefined): PlaylistEntry | undefined {
  const entry = ListedEntry.safeParse(value).data;
  const url = [entry?.url, entry?.webpage_url].find((each) => isWebUrl(each) && each !== listUrl);
  if (!entry || !url) return undefined;
  const { title, duration } = entry;
  return {
    url,
    title: title ? sourceTitle({ id: '', title }) : null,
    durationSeconds: duration !== null && duration !== undefined && duration >= 0 ? duration : null,
  };
}

function isWebUrl(url: string | null | undefined): boolean {
  return !!url && url.length <= MAX_URL_CHARACTERS && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}
