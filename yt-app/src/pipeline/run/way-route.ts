import path from 'node:path';
import type { ImpersonateTarget, WorkCookies, WorkWay } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { WayOptions } from '../programs/way-flags.ts';
import type { YtDlp } from '../programs/ytdlp.ts';
import { withCookieFile } from './cookie-file.ts';

/** The things that a run of yt-dlp by a way needs besides the way. */
export interface WayRoute {
  readonly ytDlp: Pick<YtDlp, 'impersonateTargets'>;
  /** Of this run alone. */
  readonly folder: string;
  /** Of the host; undefined: there are none. */
  readonly cookies: WorkCookies | undefined;
  /** Gets what yt-dlp has made of the cookies. */
  readonly onCookies: (cookies: WorkCookies) => void;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Runs yt-dlp as a way demands: as its browser, where this yt-dlp has it, and with the cookies in a file of the folder. */
export async function useWay<Result>(
  way: WorkWay,
  { ytDlp, folder, cookies, onCookies, logger }: WayRoute,
  use: (options: WayOptions) => Promise<Result>,
): Promise<Result> {
  const { extractorArguments, requestGap } = way;
  const options = {
    extractorArguments,
    requestGap,
    impersonate: await availableTarget(way.impersonate, ytDlp, logger),
  };
  if (!way.cookies || !cookies) return use(options);
  const file = path.join(folder, 'cookies.txt');
  return withCookieFile(
    file,
    cookies.text,
    (cookiesFile) => use({ ...options, cookiesFile }),
    (text) => onCookies({ ...cookies, text }),
  );
}

/** The browser of a way; undefined where this yt-dlp does not have it: the way is tried without. */
async function availableTarget(
  wanted: ImpersonateTarget | undefined,
  ytDlp: WayRoute['ytDlp'],
  logger: WayRoute['logger'],
): Promise<ImpersonateTarget | undefined> {
  if (wanted === undefined || (await ytDlp.impersonateTargets()).includes(wanted)) return wanted;
  logger.warn({ impersonate: wanted }, 'browser not available, tried without');
  return undefined;
}
