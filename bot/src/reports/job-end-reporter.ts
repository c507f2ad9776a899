import { ApiUnavailable, isProblem, type ApiClient, type Job } from '@linkcast/contracts';
import { elapsedMs, startPeriodicLoop, type Database, type Logger } from '@linkcast/kit';
import { randomUUID } from 'node:crypto';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { TextsFor } from '../people/language-store.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { JobEnd, JobEndStore } from './job-end-store.ts';
import { renderJobEnds } from './job-ends-view.ts';

/** Milliseconds. */
export interface ReportPace {
  /** From the first unreported end of a person to the message: ends that come together are one message. Default 10,000. */
  readonly collectMs: number;
  /** From one message of a person to the next. Default 300,000. */
  readonly spacingMs: number;
  /** From a failure to the next attempt. Default 30,000. */
  readonly retryMs: number;
}

export interface JobEndReporterOptions {
  readonly api: Pick<ApiClient, 'getReportAccount'>;
  /** Returns a client that calls for a person. */
  readonly apiAs: (userId: number, requestId: string) => Pick<ApiClient, 'getJob'>;
  readonly database: Database;
  readonly jobEnds: JobEndStore;
  readonly requests: Pick<RequestStore, 'isAsked'>;
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly languages: { readonly textsFor: TextsFor };
  readonly site: SiteLinks;
  readonly logger: Logger;
  readonly pace?: Partial<ReportPace>;
}

/** Ends in one message at most. Further ones are the next message. */
const MOST_ENDS = 50;
/** Milliseconds for which a message waits for Telegram. */
const LIFETIME_MS = 7 * 86_400_000;

/**
 * Reports the ends of jobs that people sent on the site, in their private chats, silently. yt-app decides whether a person wants that and
 * which Telegram account is theirs. An end whose request has a message in chat is not reported twice. Ends that come soon after a message
 * wait, and are one message.
 */
export function startJobEndReporter(options: JobEndReporterOptions) {
  const { jobEnds, logger } = options;
  const pace = { collectMs: 10_000, spacingMs: 300_000, retryMs: 30_000, ...options.pace };
  const reportedAt = new Map<string, number>(); // a restart makes one message come early at most
  const failedAt = new Map<string, number>();

  /** Milliseconds until the ends of a person are reported; the time of the oldest may be that of a clock that was set back since. */
  const waitOf = ({ personId, oldestAt }: { readonly personId: string; readonly oldestAt: number }): number =>
    Math.max(
      Math.min(oldestAt + pace.collectMs - Date.now(), pace.collectMs),
      (reportedAt.get(personId) ?? -Infinity) + pace.spacingMs - elapsedMs(),
      (failedAt.get(personId) ?? -Infinity) + pace.retryMs - elapsedMs(),
    );
  const tryToReport = async (personId: string): Promise<void> => {
    try {
      failedAt.delete(personId);
      if (await reportEnds(personId, options)) reportedAt.set(personId, elapsedMs());
    } catch (error) {
      failedAt.set(personId, elapsedMs());
      if (error instanceof ApiUnavailable) logger.debug('ends of jobs wait: yt-app does not answer');
      else logger.error({ err: error, personId }, 'ends of jobs could not be reported');
    }
  };

  const loop = startPeriodicLoop({
    name: 'reports of ends of jobs',
    logger,
    /** Reports what is due; resolves with the milliseconds to the next. */
    async run(signal) {
      for (const person of jobEnds.people())
        if (!signal.aborted && waitOf(person) <= 0) await tryToReport(person.personId);
      return Math.max(0, Math.min(...jobEnds.people().map(waitOf)));
    },
    onFailure(error) {
      logger.error({ err: error }, 'bug: ends of jobs were not reported');
      return pace.retryMs;
    },
  });

  return {
    /** Reports what is due: an end was noted. */
    wake: () => loop.runNow(),
    /** Repeats what failed now: yt-app answers. */
    retryNow(): void {
      failedAt.clear();
      loop.runNow();
    },
    stop: () => loop.stop(),
  };
}

/** Writes one message with the ends of a person. @returns false when there was nothing to report. */
async function reportEnds(personId: string, options: JobEndReporterOptions): Promise<boolean> {
  const { api, database, jobEnds, outbox, dispatcher, languages, site, logger } = options;
  const { telegramId } = await api.getReportAccount(personId);
  if (telegramId === null) {
    jobEnds.removeAllOf(personId);
    return false;
  }
  const ends = jobEnds.of(personId, MOST_ENDS);
  const jobs = await readJobs(telegramId, ends, options);
  database.transaction(() => {
    jobEnds.remove(ends);
    if (jobs.length === 0) return;
    const message = renderJobEnds(telegramId, jobs, languages.textsFor(telegramId), site);
    // The private chat with a person has their id.
    outbox.write({ chatId: telegramId, ...message, isSilent: true, lifetimeMs: LIFETIME_MS });
  })();
  if (jobs.length === 0) return false;
  logger.info({ personId, jobs: jobs.length }, 'ends of jobs reported');
  dispatcher.wake(telegramId);
  return true;
}

/** Reads the jobs as their requester, without those that have a message in chat, were deleted, or run again. */
async function readJobs(
  userId: number,
  ends: readonly JobEnd[],
  { apiAs, requests }: JobEndReporterOptions,
): Promise<Job[]> {
  const api = apiAs(userId, randomUUID());
  const jobs: Job[] = [];
  for (const { jobId } of ends) {
    const job = await readJob(jobId, api);
    if (job && isReported(job) && !requests.isAsked(userId, job)) jobs.push(job);
  }
  return jobs;
}

async function readJob(jobId: string, api: Pick<ApiClient, 'getJob'>): Promise<Job | undefined> {
  try {
    return await api.getJob(jobId);
  } catch (error) {
    if (isProblem(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** True for a job whose end is reported. A cancelled one is not: somebody has wanted that. */
export function isReported({ state }: Pick<Job, 'state'>): boolean {
  return state === 'ready' || state === 'failed';
}
