import type { ExtractorArguments, ImpersonateTarget } from '@linkcast/contracts';
import type { YtDlpFlags } from './command-line.ts';

/** The options by which a way changes a run of yt-dlp. Default of each: none. */
export interface WayOptions {
  readonly extractorArguments?: ExtractorArguments;
  /** A browser that this yt-dlp has. */
  readonly impersonate?: ImpersonateTarget | undefined;
  /** Seconds between two requests to the site. */
  readonly requestGap?: number;
  /** A file of this run alone: yt-dlp reads it, and writes it anew. */
  readonly cookiesFile?: string | undefined;
}

/** Adds the options of a way to the flags of a run. Its words were checked: they have no space, colon, comma or semicolon. */
export function withWay(flags: YtDlpFlags, way: WayOptions = {}): YtDlpFlags {
  const { extractorArguments = {}, impersonate, requestGap = 0, cookiesFile } = way;
  const words = [flags['extractorArgs'] ?? [], ...argumentsOf(extractorArguments)].flat();
  return {
    ...flags,
    ...(words.length > 0 && { extractorArgs: words.map(String) }),
    ...(impersonate !== undefined && { impersonate }),
    ...(requestGap > 0 && { sleepRequests: requestGap }),
    ...(cookiesFile !== undefined && { cookies: cookiesFile }),
  };
}

/** `youtube:player_client=default,ios;lang=es`, one of each extractor. */
function argumentsOf(extractors: ExtractorArguments): string[] {
  return Object.entries(extractors).flatMap(([extractor, options]) => {
    const given = Object.entries(options ?? {});
    const words = given.flatMap(([name, values]) => (values ? [`${name}=${values.join(',')}`] : []));
    return words.length === 0 ? [] : [`${extractor}:${words.join(';')}`];
  });
}
