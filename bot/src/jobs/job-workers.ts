import type { ApiClient } from '@linkcast/contracts';
import type { Database, Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { LanguageStore } from '../people/language-store.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { createEventCursor } from './event-cursor.ts';
import { startJobFeed } from './job-feed.ts';
import { startJobFollower } from './job-follower.ts';
import { createRefusalReply } from './refusal-reply.ts';
import { createSharer } from './sharer.ts';
import { createSubmitter } from './submitter.ts';

export interface JobWorkersOptions {
  readonly ytApp: { readonly url: string; readonly token: string | undefined };
  /** Returns a client for the bot's own calls, which carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => ApiClient;
  /** Returns a client that calls for a person. */
  readonly apiAs: (userId: number, requestId: string) => ApiClient;
  readonly database: Database;
  readonly requests: RequestStore;
  readonly outbox: Outbox;
  readonly languages: LanguageStore;
  readonly board: StatusBoard;
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
  const { ytApp, board, dispatcher, logger } = options;
  const refusals = createRefusalReply(options);
  const sharer = createSharer({ ...options, refusals });
  const cursor = createEventCursor(options.database);
  const follower = startJobFollower({ ...options, cursor });
  const submitter = createSubmitter({ ...options, refusals, onJob: follower.onJob });
  const feed = startJobFeed({
    baseUrl: ytApp.url,
    token: ytApp.token,
    logger,
    cursor,
    onEvent: follower.onEvent,
    onFirstConnection: follower.reread,
    onReachable(isReachable) {
      board.setApiDown(!isReachable);
      if (isReachable) {
        submitter.retryNow();
        sharer.retryNow();
        options.onReachable();
      }
      dispatcher.wakeAll();
    },
  });

  return {
    wake() {
      sharer.wake();
      submitter.wake();
    },
    async stop() {
      await Promise.all([feed, submitter, follower, sharer].map(async (worker) => worker.stop()));
    },
  };
}
