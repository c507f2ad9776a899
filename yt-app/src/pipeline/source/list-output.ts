import { Problem } from '@linkcast/contracts';
import { z } from 'zod';

/** The most characters of a link in a list. */
export const MAX_URL_CHARACTERS = 2048;

const text = z.string().nullish();
const ListOutput = z.looseObject({
  _type: z.literal('playlist'),
  title: text,
  webpage_url: text,
  entries: z.array(z.unknown()),
});
/** A channel is a list of its tabs, each of which is a list of videos. Deeper lists are left out. */
const MAX_DEPTH = 2;
const Tab = z.looseObject({ entries: z.array(z.unknown()) });
export type ListOutput = z.infer<typeof ListOutput>;

/**
 * Reads the output of `yt-dlp --flat-playlist -J`.
 *
 * @returns undefined for anything but a list.
 * @throws {Problem} source-extractor: extractors pass on data of the site, which may have any form.
 */
export function readListOutput(output: string): ListOutput | undefined {
  try {
    return ListOutput.safeParse(JSON.parse(output)).data;
  } catch (error) {
    throw new Problem('source-extractor', {}, { cause: error });
  }
}

/** The lists of videos in a list: itself, and each list among its entries. */
export function readTabs(entries: readonly unknown[], depth = 1): unknown[][] {
  const tabOf = (entry: unknown): unknown[] | undefined => Tab.safeParse(entry).data?.entries;
  const videos = entries.filter((entry) => !tabOf(entry));
  const nested = depth < MAX_DEPTH ? entries.flatMap((entry) => readTabs(tabOf(entry) ?? [], depth + 1)) : [];
  return videos.length > 0 ? [videos, ...nested] : nested;
}
