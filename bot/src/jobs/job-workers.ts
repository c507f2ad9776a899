import type { ApiClient } from '@linkcast/contracts';
import type { Database, Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import { createGivenUpReporter } from '../following/given-up-reporter.ts';
import type { GivenUpStore } from '../following/given-up-store.ts';
import type { LanguageStore } from '../people/language-store.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { startJobEndReporter, type ReportPace } from '../reports/job-end-reporter.ts';
import type { JobEndStore } from '../reports/job-end-store.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { TelegramFiles } from '../telegram/telegram-files.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { createEventCursor } from './event-cursor.ts';
import { startJobFeed } from './job-feed.ts';
import { createJobFollower } from './job-follower.ts';
import { createJobReader } from './job-reader.ts';
import { startQuestionExpiry } from './question-expiry.ts';
import { createRefusalReply } from './refusal-reply.ts';
import { createSharer } from './sharer.ts';
import { createSubmitter } from './submitter.ts';

export interface JobWorkersOptions {
  readonly ytApp: { readonly url: string; readonly token: string | undefined };
  /** Makes the bot's own calls. */
  readonly api: ApiClient;
  /** Returns a client that calls for a person; its calls carry the id as X-Request-Id. */
  readonly apiAs: (userId: number, requestId: string) => ApiClient;
  readonly database: Database;
  readonly requests: RequestStore;
  readonly outbox: Outbox;
  readonly languages: LanguageStore;
  readonly jobEnds: JobEndStore;
  readonly givenUp: GivenUpStore;
  readonly board: StatusBoard;
  readonly site: SiteLinks;
  readonly files: TelegramFiles;
  readonly reportPace: Partial<ReportPace> | undefined;
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
  /** Called when yt-app answers again, and at the first connection. */
  readonly onReachable: () => void;
}

/** Everything that exchanges jobs with yt-app. */
export interface JobWorkers {
  /** Works on the requests that have changed. */
  wake(): void;
  /** Resolves when no call is in progress. */
  stop(): Promise<void>;
}

/** Starts the workers: requests become jobs, and jobs become status messages and shares. */
export function startJobWorkers(options: JobWorkersOptions): JobWorkers {
  const { ytApp, board, dispatcher, logger, reportPace } = options;
  const refusals = createRefusalReply(options);
  const sharer = createSharer({ ...options, refusals });
  const cursor = createEventCursor(options.database);
  const reader = createJobReader(options);
  const endReporter = startJobEndReporter({ ...options, ...(reportPace && { pace: reportPace }) });
  const givenUpReporter = createGivenUpReporter(options);
  const follower = createJobFollower({ ...options, cursor, reader, endReporter, givenUpReporter });
  const submitter = createSubmitter({ ...options, refusals, reader });
  const feed = startJobFeed({
    baseUrl: ytApp.url,
    token: ytApp.token,
    logger,
    cursor,
    onEvent: (event, id) => follower.onEvent(event, id),
    onFirstConnection: follower.reread,
    onReachable(isReachable) {
      board.setApiDown(!isReachable);
      if (isReachable) {
        reader.retryNow();
        endReporter.retryNow();
        givenUpReporter.retryNow();
        submitter.retryNow();
        sharer.retryNow();
        options.onReachable();
      }
      dispatcher.wakeAll();
    },
  });
  const expiry = startQuestionExpiry(options);
  follower.reread(); // the board is in memory

  return {
    wake() {
      sharer.wake();
      submitter.wake();
    },
    async stop() {
      await Promise.all(
        [feed, submitter, reader, endReporter, givenUpReporter, sharer, expiry].map(async (worker) => worker.stop()),
      );
    },
  };
}
