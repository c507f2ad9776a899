import { Problem, type ListingEntry, type SourceListing } from '@linkcast/contracts';
import { z } from 'zod';
import { MAX_URL_CHARACTERS, readListOutput, readTabs } from './list-output.ts';
import { toDate } from './source-date.ts';
import { sourceTitle } from './source-title.ts';

const MAX_ID_CHARACTERS = 400;

const text = z.string().nullish().catch(null);
const seconds = z.number().nullish().catch(null);

/** The fields of an entry of `yt-dlp --flat-playlist -J` that are read. Sites may put anything into them. */
const FlatEntry = z.looseObject({
  url: text,
  webpage_url: text,
  title: text,
  id: text,
  ie_key: text,
  timestamp: seconds,
  release_timestamp: seconds,
  live_status: text,
});
type FlatEntry = z.infer<typeof FlatEntry>;

/** A live video is fetched when it has ended and is whole. */
const UPCOMING: readonly (string | null | undefined)[] = ['is_upcoming', 'is_live', 'post_live'];
/** The mark of data that yt-dlp's extractors append to a link. That of a feed has the id of the entry. */
const SMUGGLED = '#__youtubedl_smuggle=';
const SmuggledId = z.strictObject({ force_videoid: z.string() });

/**
 * Reads the output of `yt-dlp --flat-playlist -J` as a list to follow.
 *
 * @param most entries that are taken, of each tab of a channel.
 * @throws {Problem} not-a-list for one video, and for a page whose videos have no links of their own; source-extractor for what
 * cannot be read.
 */
export function parseSourceListing(output: string, most: number): SourceListing {
  const listing = readListOutput(output);
  if (!listing) throw new Problem('not-a-list');
  const tabs = readTabs(listing.entries);
  const found = tabs.flatMap((tab) => tab.slice(0, most)).flatMap((each) => readEntry(each, listing.webpage_url) ?? []);
  const entries = [...new Map(found.map((entry) => [entry.sourceId ?? entry.url, entry])).values()].slice(0, most);
  if (entries.length === 0 && listing.entries.length > 0) throw new Problem('not-a-list');
  return {
    title: listing.title ? sourceTitle({ id: '', title: listing.title }) : null,
    entries,
    hasMore: tabs.some((tab) => tab.length > most) || found.length > most,
  };
}

function readEntry(value: unknown, listUrl: string | null | undefined): ListingEntry | undefined {
  const entry = FlatEntry.safeParse(value).data;
  if (!entry) return undefined;
  const { id: smuggledId, url } = readLink(entry, listUrl) ?? {};
  if (url === undefined) return undefined;
  const { title, id, ie_key: extractor, timestamp, release_timestamp: release, live_status: status } = entry;
  const ownId = smuggledId ?? (id && extractor ? `${extractor}:${id}` : null);
  const isUpcoming = UPCOMING.includes(status);
  return {
    url,
    title: title ? sourceTitle({ id: '', title }) : null,
    sourceId: ownId !== null && ownId.length <= MAX_ID_CHARACTERS ? ownId : null,
    publishedAt: toDate(isUpcoming ? release : (timestamp ?? release)),
    isUpcoming,
  };
}

/** The link of an entry, and the id that a feed gives it. */
function readLink(
  entry: FlatEntry,
  listUrl: string | null | undefined,
): { readonly url: string; readonly id: string | null } | undefined {
  for (const each of [entry.url, entry.webpage_url]) {
    if (!each || each === listUrl || each.length > MAX_URL_CHARACTERS) continue;
    if (!/^https?:$/.test(URL.parse(each)?.protocol ?? '')) continue;
    const [plain = '', data] = each.split(SMUGGLED);
    const id = data === undefined ? undefined : readSmuggledId(data);
    return id === undefined ? { url: each, id: null } : { url: plain, id: `guid:${id}` };
  }
  return undefined;
}

/** The id in smuggled data that has nothing else; undefined for data without which the link may not work. */
function readSmuggledId(data: string): string | undefined {
  try {
    return SmuggledId.parse(JSON.parse(decodeURIComponent(data.replaceAll('+', ' ')))).force_videoid;
  } catch {
    return undefined;
  }
}
