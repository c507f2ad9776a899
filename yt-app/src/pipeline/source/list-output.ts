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
