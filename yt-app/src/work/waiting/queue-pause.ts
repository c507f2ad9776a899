import { isProblem, type ProblemType } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { StorageGuard } from '../../pipeline/limits/storage-guard.ts';
import { createOutage, type JobFailure, type Outage, type OutageRule } from './outage.ts';

/** A condition because of which no job would succeed. */
export type PauseReason = 'storage' | 'network' | 'downloader';

/** Pauses the queue while a condition lasts that concerns all jobs, instead of letting each one fail. */
export interface QueuePause {
  /** The conditions that last, and since when (milliseconds since 1970). */
  reasons(): ReadonlyMap<PauseReason, number>;
  /** Reports whether a job may be claimed: always while no condition lasts; else a trial, from time to time. */
  mayClaim(): Promise<boolean>;
  /** Notes that a job was claimed, which is a trial while a condition lasts. */
  noteClaim(): void;
  /** Notes that a source has been resolved. */
  noteResolved(): void;
  /**
   * Notes that a job has failed.
   *
   * @returns the time of the next trial when the failure is due to a condition that lasts, in milliseconds since 1970.
   */
  noteFailure(failure: JobFailure, code: ProblemType): number | undefined;
}

export interface QueuePauseOptions {
  readonly storage: Pick<StorageGuard, 'check'>;
  readonly logger: Logger;
  readonly clock?: () => number;
}

const MINUTE_MS = 60_000;
const RULES = {
  network: {
    ...{ sites: 3, withinMs: 5 * MINUTE_MS, lastsMs: 15 * MINUTE_MS },
    trialsMs: [0.5 * MINUTE_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS],
  },
  downloader: {
    ...{ sites: 3, withinMs: 60 * MINUTE_MS, lastsMs: 90 * MINUTE_MS },
    trialsMs: [10 * MINUTE_MS, 20 * MINUTE_MS, 30 * MINUTE_MS],
  },
} as const satisfies Record<string, OutageRule>;

/** Failures that show nothing about the network: they occurred on this machine. */
const OWN_FAILURES: readonly ProblemType[] = [
  'storage-full',
  'media-missing',
  'program-killed',
  'resources-exhausted',
  'downloader-unavailable',
  'conversion-failed',
  'internal',
];

export function createQueuePause({ storage, logger, clock = Date.now }: QueuePauseOptions): QueuePause {
  const network = createOutage(RULES.network, clock);
  const downloader = createOutage(RULES.downloader, clock);
  const outages: readonly (readonly [PauseReason, Outage])[] = [
    ['network', network],
    ['downloader', downloader],
  ];
  let fullSinceMs: number | null = null;
  let logged: readonly PauseReason[] = [];

  const reasons = (): Map<PauseReason, number> => {
    const lasting = new Map<PauseReason, number>();
    if (fullSinceMs !== null) lasting.set('storage', fullSinceMs);
    for (const [reason, { sinceMs }] of outages) if (sinceMs !== null) lasting.set(reason, sinceMs);
    return lasting;
  };
  const logChange = (): void => {
    const now = [...reasons().keys()];
    const begun = now.filter((reason) => !logged.includes(reason));
    const ended = logged.filter((reason) => !now.includes(reason));
    logged = now;
    for (const reason of begun) logger.warn({ reason }, 'queue paused');
    for (const reason of ended) logger.info({ reason }, 'reason of the pause has ended');
  };
  /** The outage to which a failure belongs, after it was noted. */
  const noted = (failure: JobFailure, code: ProblemType): Outage | undefined => {
    if (code === 'source-extractor') downloader.noteFailure(failure);
    if (code === 'source-unreachable') network.noteFailure(failure);
    else if (!OWN_FAILURES.includes(code)) network.noteSuccess();
    if (code === 'source-unreachable') return network;
    return code === 'source-extractor' ? downloader : undefined;
  };

  return {
    reasons,
    async mayClaim() {
      fullSinceMs = (await isFull(storage)) ? (fullSinceMs ?? clock()) : null;
      logChange();
      return (
        fullSinceMs === null &&
        outages.every(([, { sinceMs, nextTrialMs }]) => sinceMs === null || clock() >= nextTrialMs)
      );
    },
    noteClaim() {
      for (const [, outage] of outages) if (outage.sinceMs !== null) outage.noteTrial();
    },
    noteResolved() {
      for (const [, outage] of outages) outage.noteSuccess();
      logChange();
    },
    noteFailure(failure, code) {
      const outage = noted(failure, code);
      logChange();
      return outage && outage.sinceMs !== null ? outage.nextTrialMs : undefined;
    },
  };
}

async function isFull(storage: Pick<StorageGuard, 'check'>): Promise<boolean> {
  try {
    await storage.check();
    return false;
  } catch (error) {
    if (isProblem(error)) return true;
    throw error;
  }
}
