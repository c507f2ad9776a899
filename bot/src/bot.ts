import { createApiClient } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { Telegraf } from 'telegraf';
import { createAccess } from './access.ts';
import { openBotDatabase, pruneBotDatabase } from './bot-database.ts';
import type { Pace } from './chat-lane.ts';
import { createConversationStore } from './conversation-store.ts';
import { createCourier } from './courier.ts';
import { buttons } from './features/buttons.ts';
import { cancel } from './features/cancel.ts';
import { download } from './features/download.ts';
import type { BotContext, FeatureDeps } from './features/feature.ts';
import { gate } from './features/gate.ts';
import { commandMenu, welcome } from './features/welcome.ts';
import { writtenText } from './features/written-text.ts';
import { createIntake } from './intake.ts';
import { createJobFeed } from './job-feed.ts';
import { createJobFollower } from './job-follower.ts';
import { asTelegrafSignal, createMessenger, describeFailure } from './messenger.ts';
import { createOutbox } from './outbox.ts';
import { createRequestStore } from './request-store.ts';
import { createSiteLinks } from './site-links.ts';
import { createStatusBoard } from './status-board.ts';
import { createSubmitter } from './submitter.ts';
import { createUpdatePoller, type Pauses } from './update-poller.ts';

export interface BotOptions {
  readonly telegram: { readonly token: string; readonly apiRoot: string };
  readonly ytApp: { readonly url: string; readonly token: string | undefined };
  /** Public root of the site, without a slash at the end. */
  readonly siteUrl: string;
  /** Path of the bot's database. */
  readonly databaseFile: string;
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
  /** What makes the first person to send it the owner, as long as there is none. */
  readonly ownerCode: string;
  readonly logger: Logger;
  /** Timing, for tests; see {@link Pace} and {@link Pauses}. */
  readonly pace?: Partial<Pace>;
  readonly pauses?: Partial<Pauses>;
  /** Milliseconds that connecting to Telegram may take. Default 30,000. */
  readonly connectLimitMs?: number;
  /** Milliseconds between the rounds that ask for every open job, events or not. Default 60,000. */
  readonly rereadMs?: number;
}

export interface Bot {
  /** Is there nobody yet who may let others in? */
  hasOwner(): boolean;
  /** Resolves when nothing runs any more and the database is closed. */
  stop(): Promise<void>;
}

const HANDLER_LIMIT_MS = 10_000;
/** Shorter than the time a stop may take. */
const API_LIMIT_MS = 8000;
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
  const board = createStatusBoard(createSiteLinks(options.siteUrl));
  const messenger = createMessenger({ telegram, signal: stopping.signal });
  const courier = createCourier({ messenger, outbox, requests, board, logger, pace: options.pace ?? {} });
  const api = createApiClient({
    baseUrl: ytApp.url,
    timeoutMs: API_LIMIT_MS,
    ...(ytApp.token === undefined ? {} : { token: ytApp.token }),
  });
  const follower = createJobFollower({ api, requests, board, courier, logger });
  const submitter = createSubmitter({ api, requests, board, courier, follower, logger });
  const intake = createIntake({ database, botId: Number.parseInt(account.token, 10), courier, submitter });

  const deps: FeatureDeps = {
    access,
    intake,
    outbox,
    conversations: createConversationStore(database),
    requests,
    messenger,
  };
  for (const add of [gate, welcome, download, cancel, buttons, writtenText]) add(telegraf, deps);
  telegraf.catch((error) => {
    throw error; // to the poller, which logs it without the update and goes on
  });

  const feed = createJobFeed({
    baseUrl: ytApp.url,
    token: ytApp.token,
    logger,
    onJob: follower.onJob,
    onGap: follower.reread,
    onReachable(isReachable) {
      board.setApiDown(!isReachable);
      if (isReachable) submitter.hurry();
      courier.wakeAll();
    },
  });
  const poller = createUpdatePoller({
    telegram,
    logger,
    pauses: options.pauses ?? {},
    connectLimitMs: options.connectLimitMs ?? 30_000,
    async onConnected(signal) {
      await introduce(telegraf, signal, logger);
      courier.hurry();
    },
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
      await Promise.all([feed.stop(), submitter.stop(), follower.stop()]);
      // A message under way is given its time: cut off, it would be sent again after the next start.
      const impatience = setTimeout(() => stopping.abort(), LAST_CALL_MS);
      await courier.stop();
      clearTimeout(impatience);
      stopping.abort();
      database.close();
    },
  };
}

/** Learns who we are, makes sure that updates come to us, and sets the command menu, which may also fail. */
async function introduce(telegraf: Telegraf<BotContext>, signal: AbortSignal, logger: Logger): Promise<void> {
  const { telegram } = telegraf;
  const limit = { signal: asTelegrafSignal(signal) };
  telegraf.botInfo = await telegram.callApi('getMe', {}, limit);
  await telegram.callApi('deleteWebhook', {}, limit);
  try {
    await telegram.callApi('setMyCommands', { commands: commandMenu }, limit);
  } catch (error) {
    logger.warn({ reason: describeFailure(error) }, 'the command menu could not be set');
  }
}
