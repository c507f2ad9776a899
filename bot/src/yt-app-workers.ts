import type { Stoppable } from '@linkcast/kit';
import type { BotOptions } from './bot-options.ts';
import type { BotStores } from './bot-stores.ts';
import type { Dispatcher } from './delivery/dispatcher.ts';
import { createCookieSubmitter } from './cookies/cookie-submitter.ts';
import { createFollowSubmitter } from './following/follow-submitter.ts';
import { startJobWorkers } from './jobs/job-workers.ts';
import { startNoticeReporter } from './notices/notice-reporter.ts';
import { startAccountReporter } from './people/account-reporter.ts';
import { createLanguageReporter } from './people/language-reporter.ts';
import type { PeopleDirectory } from './people/people-directory.ts';
import { startQuestionReporter } from './retention/question-reporter.ts';
import type { StatusBoard } from './status/status-board.ts';
import type { Messenger } from './telegram/messenger.ts';
import type { SiteLinks } from './telegram/site-links.ts';
import type { TelegramFiles } from './telegram/telegram-files.ts';
import { createYtAppClients } from './yt-app-clients.ts';

/** Everything that runs beside the dialogue and calls yt-app. */
export interface YtAppWorkers extends Stoppable {
  /** Works on the requests and languages that have changed. */
  wake(): void;
  /** Checks for notices and questions: a person has become an owner. */
  checkNotices(): void;
  /** Takes the bot's user name, without @. */
  setBotName(name: string): void;
  /** Resolves when no call is in progress. */
  stop(): Promise<void>;
}

export interface YtAppWorkersDeps {
  readonly stores: BotStores;
  readonly board: StatusBoard;
  readonly dispatcher: Dispatcher;
  readonly directory: PeopleDirectory;
  readonly site: SiteLinks;
  readonly files: TelegramFiles;
  readonly messenger: Messenger;
}

/** Milliseconds that a call may take: less than a stop of the bot. */
const CALL_LIMIT_MS = 8000;

export function startYtAppWorkers(options: BotOptions, deps: YtAppWorkersDeps): YtAppWorkers {
  const { ytApp, logger, noticesMs, noticeClock } = options;
  const { stores, board, dispatcher, directory, site, files } = deps;
  const clients = createYtAppClients(ytApp, stores.people, CALL_LIMIT_MS);
  const { api } = clients;
  const account = startAccountReporter({ api, token: options.telegram.token, logger });
  const notices = startNoticeReporter({
    ...{ ...stores, people: directory, api, dispatcher, logger },
    ...(noticesMs === undefined ? {} : { everyMs: noticesMs }),
    ...(noticeClock === undefined ? {} : { now: noticeClock }),
  });
  const questions = startQuestionReporter({
    ...{ ...stores, people: directory, api, dispatcher, logger },
    ...(noticesMs === undefined ? {} : { everyMs: noticesMs }),
  });
  const languages = createLanguageReporter({ ...clients, ...stores, logger });
  const follows = createFollowSubmitter({ ...clients, ...stores, dispatcher, logger });
  const cookies = createCookieSubmitter({ ...clients, ...stores, ...deps, logger });
  const onReachable = (): void => {
    cookies.retryNow();
    follows.retryNow();
    directory.retryNow();
    account.report();
    languages.retryNow();
    notices.checkNow();
    questions.checkNow();
  };
  const jobs = startJobWorkers({
    ...{ ytApp, ...clients, ...stores, board, dispatcher, site, files, logger, onReachable },
    reportPace: options.reportPace,
  });

  return {
    wake() {
      jobs.wake();
      follows.wake();
      cookies.wake();
      languages.wake();
    },
    checkNotices() {
      notices.checkNow();
      questions.checkNow();
    },
    setBotName: (name) => account.setName(name),
    async stop() {
      await Promise.all(
        [jobs, account, notices, questions, languages, follows, cookies].map(async (worker) => worker.stop()),
      );
    },
  };
}
