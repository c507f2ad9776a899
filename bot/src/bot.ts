import { createApiClient } from '@linkcast/contracts';
import { Telegraf } from 'telegraf';
import { createPeopleStore } from './people/people-store.ts';
import { openBotDatabase, pruneBotDatabase } from './bot-database.ts';
import type { BotOptions } from './bot-options.ts';
import { createConversationStore } from './features/conversation-store.ts';
import { createDispatcher } from './delivery/dispatcher.ts';
import { addDialogue } from './features/dialogue.ts';
import { createReplyResolver } from './delivery/reply-resolver.ts';
import type { BotContext, FeatureDeps } from './features/feature.ts';
import { createProcessedUpdates } from './features/processed-updates.ts';
import { createBotSetup } from './telegram/bot-setup.ts';
import { createJobFeed } from './jobs/job-feed.ts';
import { createJobFollower } from './jobs/job-follower.ts';
import { createMembershipReporter } from './people/membership-reporter.ts';
import { createMessenger } from './telegram/messenger.ts';
import { createNoticeStore } from './notices/notice-store.ts';
import { createNoticeWatch } from './notices/notice-watch.ts';
import { createOutbox } from './delivery/outbox.ts';
import { createRequestStore } from './requests/request-store.ts';
import { createSharer } from './jobs/sharer.ts';
import { createSiteLinks } from './telegram/site-links.ts';
import { createStatusBoard } from './status/status-board.ts';
import { createSubmitter } from './jobs/submitter.ts';
import { createUpdatePoller } from './telegram/update-poller.ts';

export interface Bot {
  /** Is there nobody yet who may let others in? */
  hasOwner(): boolean;
  /** Resolves when nothing runs any more and the database is closed. */
  stop(): Promise<void>;
}

const HANDLER_LIMIT_MS = 10_000;
/** Shorter than the time a stop may take. */
const API_LIMIT_MS = 8000;
/** Somebody waits for the answer, and with them all that is to be said in their chat. */
const ANSWER_LIMIT_MS = 5000;
const MENU_LIMIT_MS = 10_000;
const LAST_CALL_MS = 4000;
const PRUNE_MS = 3_600_000;

/** Builds the bot and starts it. It runs until it is stopped, whether Telegram and yt-app answer or not. */
export function startBot(options: BotOptions): Bot {
  const { logger, telegram: account, ytApp } = options;
  const database = openBotDatabase(options.databaseFile);
  const stopping = new AbortController();
  const telegraf = new Telegraf<BotContext>(account.token, {
    handlerTimeout: HANDLER_LIMIT_MS,
    telegram: { apiRoot: account.apiRoot },
  });
  const { telegram } = telegraf;

  const people = createPeopleStore({ database, ...options });
  const requests = createRequestStore(database);
  const outbox = createOutbox(database);
  const site = createSiteLinks(options.siteUrl);
  const board = createStatusBoard(site);
  const messenger = createMessenger({ telegram, signal: stopping.signal });
  const apiWithin = (timeoutMs: number) =>
    createApiClient({ baseUrl: ytApp.url, timeoutMs, ...(ytApp.token === undefined ? {} : { token: ytApp.token }) });
  const api = apiWithin(API_LIMIT_MS);
  const replies = createReplyResolver({ api: apiWithin(ANSWER_LIMIT_MS), people, site, logger });
  const dispatcher = createDispatcher({
    messenger,
    outbox,
    replies,
    requests,
    board,
    logger,
    pace: options.pace ?? {},
  });
  const sharer = createSharer({ api, requests, board, dispatcher, logger });
  const follower = createJobFollower({ api, requests, board, sharer, dispatcher, logger });
  const submitter = createSubmitter({ api, requests, board, dispatcher, follower, logger });
  const botId = Number.parseInt(account.token, 10);
  const updates = createProcessedUpdates({
    database,
    botId,
    onCommit(chatId) {
      sharer.wake();
      dispatcher.wake(chatId);
      submitter.wake();
    },
  });
  const membership = createMembershipReporter({ api, people, token: account.token, logger });
  const notices = createNoticeWatch({
    api,
    people,
    notices: createNoticeStore(database),
    outbox,
    dispatcher,
    logger,
    ...(options.noticesMs === undefined ? {} : { everyMs: options.noticesMs }),
  });
  const setup = createBotSetup({ telegraf, owners: people.owners, site, logger, onName: membership.setBotName });

  const deps: FeatureDeps = {
    botId,
    people,
    updates,
    outbox,
    conversations: createConversationStore(database),
    requests,
    messenger,
    onClaim(userId) {
      membership.report();
      notices.look();
      const limit = AbortSignal.any([stopping.signal, AbortSignal.timeout(MENU_LIMIT_MS)]);
      void setup.setOwnerMenu(userId, limit); // never throws; nobody waits for it
    },
  };
  addDialogue(telegraf, deps);

  const feed = createJobFeed({
    baseUrl: ytApp.url,
    token: ytApp.token,
    logger,
    onJob: follower.onJob,
    onGap: follower.reread,
    // Called at the start, too, as soon as yt-app answers.
    onReachable(isReachable) {
      board.setApiDown(!isReachable);
      if (isReachable) {
        submitter.retryNow();
        sharer.retryNow();
        membership.report();
        notices.look();
      }
      dispatcher.wakeAll();
    },
  });
  const poller = createUpdatePoller({
    telegram,
    logger,
    pauses: options.pauses ?? {},
    connectLimitMs: options.connectLimitMs ?? 30_000,
    async onConnected(signal) {
      await setup.setUp(signal);
      dispatcher.retryNow();
    },
    ...(options.onAlive ? { onAlive: options.onAlive } : {}),
    onUpdate: (update) => telegraf.handleUpdate(update as Parameters<typeof telegraf.handleUpdate>[0]), // judged by the gate
  });
  const rereadTimer = setInterval(follower.reread, options.rereadMs ?? 60_000);
  const pruneTimer = setInterval(() => pruneBotDatabase(database, Date.now()), PRUNE_MS);

  pruneBotDatabase(database, Date.now());
  poller.start();
  submitter.wake();
  dispatcher.wakeAll();

  return {
    hasOwner: people.hasOwner,
    async stop() {
      clearInterval(rereadTimer);
      clearInterval(pruneTimer);
      await poller.stop();
      await Promise.all([feed, submitter, follower, sharer, membership, notices].map((worker) => worker.stop()));
      // A message under way is given its time: cut off, it would be sent again after the next start.
      const impatience = setTimeout(() => stopping.abort(), LAST_CALL_MS);
      await dispatcher.stop();
      clearTimeout(impatience);
      stopping.abort();
      database.close();
    },
  };
}
