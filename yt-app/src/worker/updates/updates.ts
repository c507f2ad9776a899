import {
  ApiUnavailable,
  backOffMs,
  isProblem,
  type ApiClient,
  type DownloaderUpdates,
  type YtDlpChannel,
} from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import { createEgressFetch } from '../../egress/egress-fetch.ts';
import { changeNotes, readNotes, ReleaseRefused, type Pipeline } from '../../pipeline/pipeline.ts';
import { findNewestRelease } from './release-source.ts';

/** The updates of a worker's yt-dlp. */
export interface Updates extends Stoppable {
  /** Their state, for the API. */
  current(): DownloaderUpdates;
}

export interface UpdatesOptions {
  readonly client: Pick<ApiClient, 'issueUpdateTicket'>;
  readonly pipeline: Pick<Pipeline, 'downloader'> & {
    readonly installRelease: NonNullable<Pipeline['installRelease']>;
  };
  readonly folder: string;
  readonly channel: Exclude<YtDlpChannel, 'pinned'>;
  /** Root of the releases, without a slash at the end. */
  readonly root: string;
  /** Milliseconds from one check to the next. */
  readonly everyMs: number;
  readonly logger: Logger;
}

/** Of a worker that fetches no releases. */
export const NO_UPDATES: Updates = {
  current: () => ({ channel: 'pinned', isUnreachable: false, refused: null, rolledBack: null }),
  stop: () => undefined,
};

type Found = Pick<DownloaderUpdates, 'isUnreachable' | 'refused'>;

const FIRST_RETRY_MS = 900_000;
/** After a start, jobs come first. */
const FIRST_CHECK_MS = 300_000;

/** Checks for a release once a day and installs it. While the releases cannot be reached, the checks become rarer. */
export async function startUpdates(options: UpdatesOptions): Promise<Updates> {
  const { channel, everyMs, folder, logger, pipeline } = options;
  const { checkedAt } = await readNotes(folder);
  let found: Found = { isUnreachable: false, refused: null };
  const loop = startPeriodicLoop({
    name: 'downloader-updates',
    logger,
    firstAfterMs: firstCheckAfter(checkedAt, everyMs, Date.now()),
    async run(signal) {
      found = { isUnreachable: false, refused: await checkForRelease(options, signal) };
      await changeNotes(folder, { checkedAt: Date.now() });
      return spread(everyMs);
    },
    onFailure(error, failures) {
      const isUnreachable = isProblem(error) && error.code.startsWith('source-');
      if (isUnreachable) found = { ...found, isUnreachable };
      if (failures === 1) logFailure(logger, error);
      return backOffMs(failures, { firstMs: Math.min(FIRST_RETRY_MS, everyMs), mostMs: everyMs });
    },
  });
  return {
    current: () => ({ channel, ...found, rolledBack: pipeline.downloader.rolledBack() }),
    stop: () => loop.stop(),
  };
}

/** @returns the release, when it was refused. */
async function checkForRelease(options: UpdatesOptions, signal: AbortSignal): Promise<DownloaderUpdates['refused']> {
  const { client, pipeline, logger } = options;
  const { proxyUrl } = await client.issueUpdateTicket(signal);
  const offered = await findNewestRelease({ ...options, fetchBytes: createEgressFetch(proxyUrl) }, signal);
  const { version } = offered;
  if (!(await pipeline.downloader.isWanted(version))) return null;
  try {
    await pipeline.installRelease(offered, signal);
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ReleaseRefused)) throw error;
    logger.error({ version, fault: error.fault, err: error }, 'release refused');
    return { version, fault: error.fault };
  }
}

/**
 * Milliseconds from a start to the first check: a restart is no reason for another one.
 *
 * @param last time of the last check, in milliseconds since 1970; null: there was none.
 */
export function firstCheckAfter(last: number | null, everyMs: number, now: number): number {
  const leftMs = last === null ? 0 : Math.min(last + everyMs - now, everyMs); // a clock may have been set
  return Math.max(leftMs, Math.random() * Math.min(FIRST_CHECK_MS, everyMs));
}

/** Installations that started together do not check together. */
function spread(ms: number): number {
  return ms * (0.9 + Math.random() * 0.2);
}

function logFailure(logger: Logger, error: unknown): void {
  if (isProblem(error) || error instanceof ApiUnavailable)
    logger.warn({ err: error }, 'releases of the downloader not reached: the present one stays');
  else logger.error({ err: error }, 'update of the downloader failed: the present one stays');
}
