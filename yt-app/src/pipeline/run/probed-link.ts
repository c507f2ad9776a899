import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkCookies, WorkWay } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { YtDlp } from '../programs/ytdlp.ts';
import type { RunOptions } from '../programs/ytdlp-run.ts';
import { tryWays } from './way-attempts.ts';
import { useWay } from './way-route.ts';

/** A link that is read and not downloaded. */
export interface ProbedLink {
  readonly url: string;
  /** The egress proxy; contains a password. */
  readonly proxyUrl: string;
  /** The most videos of a list that are named. */
  readonly maxEntries: number;
  /** The ways to its host, in the order in which they are tried; none: directly, once. */
  readonly ways: readonly WorkWay[];
  /** Of its host. */
  readonly cookies?: WorkCookies | undefined;
}

export interface ProbeRun {
  readonly ytDlp: Pick<YtDlp, 'impersonateTargets'>;
  readonly signal: AbortSignal;
  /** Gets what yt-dlp has made of the cookies. */
  readonly onCookies: (cookies: WorkCookies) => void;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Reads a link, in a temporary folder: directly, or by the ways of its host, one after the other.
 *
 * @throws {Problem} as {@link tryWays}.
 */
export async function readByWays<Result>(
  { proxyUrl, ways, cookies }: ProbedLink,
  { ytDlp, signal, onCookies, logger }: ProbeRun,
  read: (run: RunOptions) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
  let attempts = 0;
  const attempt = async (way: WorkWay): Promise<Result> => {
    attempts += 1;
    const folder = path.join(directory, `way-${attempts}`);
    await mkdir(folder);
    return useWay(way, { ytDlp, folder, cookies, onCookies, logger }, (options) =>
      read({ directory: folder, proxyUrl: way.proxyUrl, signal, way: options }),
    );
  };
  try {
    if (ways.length === 0) return await read({ directory, proxyUrl, signal });
    return await tryWays(ways, attempt, { signal, onTried: () => undefined });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
