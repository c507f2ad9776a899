import { isProblem, type ProblemType } from '@linkcast/contracts';
import { isMediaLink, isPlainMedia } from '../source/media-link.ts';
import type { YtDlpFlags } from './command-line.ts';

/** Failures of a source that all extractors would have, too. After any other one, they are asked. */
const FINAL: readonly ProblemType[] = [
  'source-captcha',
  'source-forbidden',
  'source-rate-limited',
  'source-stalled',
  'source-unreachable',
];

/**
 * Reads a source with yt-dlp. A link that is plainly media is read by the generic extractor alone, which saves compiling the URL
 * patterns of 1750 extractors (half a second of processor time). When that fails, or the link turns out to be a web page, all
 * extractors are asked, once.
 *
 * @param read runs yt-dlp with the flags, and returns what it prints.
 */
export async function genericFirst(
  url: string,
  flags: YtDlpFlags,
  read: (flags: YtDlpFlags) => Promise<string>,
): Promise<string> {
  const output = isMediaLink(url) ? await readGeneric(flags, read) : undefined;
  return output ?? read(flags);
}

/** @returns undefined when all extractors are to be asked. */
async function readGeneric(
  flags: YtDlpFlags,
  read: (flags: YtDlpFlags) => Promise<string>,
): Promise<string | undefined> {
  try {
    const output = await read({ ...flags, useExtractors: 'generic' });
    return isPlainMedia(output) ? output : undefined;
  } catch (error) {
    const isOfSource = isProblem(error) && error.code.startsWith('source-');
    if (!isOfSource || FINAL.includes(error.code)) throw error;
    return undefined;
  }
}
