import { createApiClient } from '@linkcast/contracts';
import { Telegraf } from 'telegraf';
import { createAccess } from './access.ts';
import { openBotDatabase, pruneBotDatabase } from './bot-database.ts';
import type { BotOptions } from './bot-options.ts';
import { createConversationStore } from './conversation-store.ts';
import { createCourier } from './courier.ts';
import { addDialogue } from './dialogue.ts';
import { createErrandAnswers } from './errand-answers.ts';
import type { BotContext, FeatureDeps } from './features/feature.ts';
import { createIntake } from './intake.ts';
import { createIntroduction } from './introduction.ts';
import { createJobFeed } from './job-feed.ts';
import { createJobFollower } from './job-follower.ts';
import { createMembershipReporter } from './membership-reporter.ts';
import { createMessenger } from './messenger.ts';
import { createNoticeStore } from './notice-store.ts';
import { createNoticeWatch } from './notice-watch.ts';
import { createOutbox } from './outbox.ts';
import { createRequestStore } from './request-store.ts';
import { createSharer } from './sharer.ts';
import { createSiteLinks } from './site-links.ts';
import { createStatusBoard } from './status-board.ts';
import { createSubmitter } from './submitter.ts';
import { createUpdatePoller } from './update-poller.ts';

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

  const access = createAccess({ database, ...options });
  const requests = createRequestStore(database);
  const outbox = createOutbox(database);
  const site = createSiteLinks(options.siteUrl);
  const board = createStatusBoard(site);
  const messenger = createMessenger({ telegram, signal: stopping.signal });
  const apiWithin = (timeoutMs: number) =>
    createApiClient({ baseUrl: ytApp.url, timeoutMs, ...(ytApp.token === undefined ? {} : { token: ytApp.token }) });
  const api = apiWithin(API_LIMIT_MS);
  const answers = createErrandAnswers({ api: apiWithin(ANSWER_LIMIT_MS), access, site, logger });
  const courier = createCourier({ messenger, outbox, answers, requests, board, logger, pace: options.pace ?? {} });
  const sharer = createSharer({ api, requests, board, courier, logger });
  const follower = createJobFollower({ api, requests, board, sharer, courier, logger });
  const submitter = createSubmitter({ api, requests, board, courier, follower, logger });
  const botId = Number.parseInt(account.token, 10);
  const intake = createIntake({ database, botId, courier, submitter, sharer });
  const membership = createMembershipReporter({ api, access, token: account.token, logger });
  const notices = createNoticeWatch({
    api,
    access,
    notices: createNoticeStore(database),
    outbox,
    courier,
    logger,
    ...(options.noticesMs === undefined ? {} : { everyMs: options.noticesMs }),
  });
  const introduction = createIntroduction({ telegraf, access, site, logger, onName: membership.setBotName });

  const deps: FeatureDeps = {
    botId,
    access,
    intake,
    outbox,
    conversations: createConversationStore(database),
    requests,
    messenger,
    onClaim(userId) {
      membership.report();
      notices.look();
      const limit = AbortSignal.any([stopping.signal, AbortSignal.timeout(MENU_LIMIT_MS)]);
      void introduction.setOwnerMenu(userId, limit); // never throws; nobody waits for it
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
        submitter.hurry();
        sharer.hurry();
        membership.report();
        notices.look();
      }
      courier.wakeAll();
    },
  });
  const poller = createUpdatePoller({
    telegram,
    logger,
    pauses: options.pauses ?? {},
    connectLimitMs: options.connectLimitMs ?? 30_000,
    async onConnected(signal) {
      await introduction.introduce(signal);
      courier.hurry();
    },
    ...(options.onAlive ? { onAlive: options.onAlive } : {}),
    onUpdate: (update) => telegraf.handleUpdate(update as Parameters<typeof telegraf.handleUpdate>[0]), // judged by the gate
  });
  const rereadTimer = setInterval(follower.reread, options.rereadMs ?? 60_000);
  const pruneTimer = setInterval(() => pruneBotDatabase(database, Date.now()), PRUNE_MS);

  pruneBotDatabase(database, Date.now());
  poller.start();
  submitter.wake();
  courier.wakeAll();

  return {
    hasOwner: access.hasOwner,
    async stop() {
      clearInterval(rereadTimer);
      clearInterval(pruneTimer);
      await poller.stop();
      await Promise.all([feed, submitter, follower, sharer, membership, notices].map((worker) => worker.stop()));
      // A message under way is given its time: cut off, it would be sent again after the next start.
      const impatience = setTimeout(() => stopping.abort(), LAST_CALL_MS);
      await courier.stop();
      clearTimeout(impatience);
      stopping.abort();
      database.close();
    },
  };
}
