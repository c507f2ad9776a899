import { createApiClient, type ApiClient } from '@linkcast/contracts';
import type { Stoppable } from '@linkcast/kit';
import type { BotOptions } from './bot-options.ts';
import type { BotStores } from './bot-stores.ts';
import type { Dispatcher } from './delivery/dispatcher.ts';
import { startJobWorkers } from './jobs/job-workers.ts';
import { startNoticeReporter } from './notices/notice-reporter.ts';
import { startMembershipReporter } from './people/membership-reporter.ts';
import type { StatusBoard } from './status/status-board.ts';

/** Everything that runs beside the dialogue and calls yt-app. */
export interface YtAppWorkers extends Stoppable {
  /** Works on the requests that have changed. */
  wake(): void;
  /** Reports the members to yt-app, and checks for notices: the owners have changed, or yt-app answers again. */
  refresh(): void;
  /** Takes the bot's user name, without @. */
  setBotName(name: string): void;
  /** Resolves when no call is in progress. */
  stop(): Promise<void>;
}

/** Milliseconds that a call may take: less than a stop of the bot. */
const CALL_LIMIT_MS = 8000;

export function startYtAppWorkers(
  options: BotOptions,
  stores: BotStores,
  board: StatusBoard,
  dispatcher: Dispatcher,
): YtAppWorkers {
  const { ytApp, logger, noticesMs, noticeClock } = options;
  const { database, people, requests } = stores;
  const apiFor = apiClients(ytApp, CALL_LIMIT_MS);
  const api = apiFor();
  const membership = startMembershipReporter({ api, people, token: options.telegram.token, logger });
  const notices = startNoticeReporter({
    ...{ ...stores, api, dispatcher, logger },
    ...(noticesMs === undefined ? {} : { everyMs: noticesMs }),
    ...(noticeClock === undefined ? {} : { now: noticeClock }),
  });
  const refresh = (): void => {
    membership.report();
    notices.checkNow();
  };
  const jobs = startJobWorkers({ ytApp, apiFor, database, requests, board, dispatcher, logger, onReachable: refresh });

  return {
    wake: () => jobs.wake(),
    refresh,
    setBotName: (name) => membership.setBotName(name),
    async stop() {
      await Promise.all([jobs, membership, notices].map((worker) => worker.stop()));
    },
  };
}

/** Returns a function that makes clients of yt-app; the calls of a client carry its request id, if it has one. */
export function apiClients({ url, token }: BotOptions['ytApp'], timeoutMs: number): (requestId?: string) => ApiClient {
  return (requestId) =>
    createApiClient({
      baseUrl: url,
      timeoutMs,
      ...(token === undefined ? {} : { token }),
      ...(requestId === undefined ? {} : { requestId }),
    });
}
