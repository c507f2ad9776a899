import type { Person } from '@linkcast/contracts';
import type { Stoppable } from '@linkcast/kit';
import { Telegraf } from 'telegraf';
import type { BotOptions } from './bot-options.ts';
import { openBotStores } from './bot-stores.ts';
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.ts';
import { createReplyResolver } from './delivery/reply-resolver.ts';
import { addDialogue } from './features/dialogue.ts';
import type { BotContext } from './features/feature.ts';
import { createProcessedUpdates } from './features/processed-updates.ts';
import { createTelegramLinks } from './people/telegram-links.ts';
import { createPeopleDirectory } from './people/people-directory.ts';
import type { PersonStore } from './people/person-store.ts';
import { createExamineBot } from './status/own-findings.ts';
import { createStatusBoard } from './status/status-board.ts';
import { createBotSetup, type BotSetup } from './telegram/bot-setup.ts';
import { createMessenger } from './telegram/messenger.ts';
import { createSiteLinks } from './telegram/site-links.ts';
import { createTelegramFiles } from './telegram/telegram-files.ts';
import { startPruning } from './pruning.ts';
import { startUpdatePoller } from './telegram/update-poller.ts';
import { createYtAppClients } from './yt-app-clients.ts';
import { startYtAppWorkers } from './yt-app-workers.ts';

export interface Bot {
  /** Resolves when nothing runs any more and the database is closed. */
  stop(): Promise<void>;
}

const HANDLER_LIMIT_MS = 10_000;
/** The limit of a deferred reply: the person waits, and so do all later messages of the chat. */
const REPLY_LIMIT_MS = 5000;
/** The limit of a call in a handler: less than that of the handler. */
const ASK_LIMIT_MS = 8000;
const MENU_LIMIT_MS = 10_000;
const CONNECT_LIMIT_MS = 30_000;
const LAST_DELIVERY_MS = 4000;

/** Builds the bot and starts it. It runs until it is stopped, also while Telegram and yt-app do not answer. */
export function startBot(options: BotOptions): Bot {
  const { logger, pace } = options;
  const stopping = new AbortController();
  const telegraf = createTelegraf(options);
  const stores = openBotStores(options);
  const { database, people, languages } = stores;
  const site = createSiteLinks(options.siteUrl);
  const board = createStatusBoard(site, languages.textsFor);
  const messenger = createMessenger({ telegram: telegraf.telegram, signal: stopping.signal });
  const { apiAs } = createYtAppClients(options.ytApp, people, REPLY_LIMIT_MS);
  const examineBot = createExamineBot({
    apiRoot: options.telegram.apiRoot,
    botName: () => telegraf.botInfo?.username,
  });
  const replies = createReplyResolver({ apiAs, textsFor: languages.textsFor, site, examineBot, logger });
  const dispatcher = createDispatcher({ ...stores, messenger, replies, board, logger, ...(pace ? { pace } : {}) });
  const { api } = createYtAppClients(options.ytApp, people, ASK_LIMIT_MS);
  const getMe = createGetMe(options, people);
  const onChange = (userId: number): void => {
    setMenu(userId);
    workers.checkNotices(); // a new owner gets the notices
  };
  const directory = createPeopleDirectory({ api, getMe, people, onChange, logger });
  const links = createTelegramLinks({ api, directory, logger });
  const files = createTelegramFiles({ ...options.telegram, telegram: telegraf.telegram, logger });
  const workers = startYtAppWorkers(options, { stores, board, dispatcher, directory, site, files, messenger });
  const setup = createBotSetup({
    telegraf,
    owners: people.owners,
    roleOf: people.roleOf,
    chosenLanguageOf: languages.chosenLanguageOf,
    language: options.language,
    site,
    logger,
    onName: (name) => workers.setBotName(name),
  });

  const setMenu = createMenuSetter(setup, stopping.signal);
  const botId = Number.parseInt(options.telegram.token, 10);
  const updates = createProcessedUpdates({
    database,
    botId,
    onCommit(chatId) {
      workers.wake();
      dispatcher.wake(chatId);
    },
  });
  addDialogue(telegraf, { ...stores, botId, directory, links, updates, messenger, logger, onLanguageChosen: setMenu });

  const pruning = startPruning(database, logger);
  const poller = startPoller(options, telegraf, setup, dispatcher);
  workers.wake();
  dispatcher.wakeAll();

  return {
    async stop() {
      await Promise.all([poller.stop(), pruning.stop()]); // no more updates
      await workers.stop();
      await finishDeliveries(dispatcher, stopping);
      database.close();
    },
  };
}

/** Reads the person of a Telegram account from yt-app. */
function createGetMe({ ytApp }: BotOptions, people: PersonStore): (userId: number, limitMs: number) => Promise<Person> {
  return (userId, limitMs) => createYtAppClients(ytApp, people, limitMs).apiAs(userId).getMe();
}

/** Sets a person's menu without being waited for. */
function createMenuSetter(setup: BotSetup, stopping: AbortSignal): (userId: number) => void {
  return (userId) => {
    const limit = AbortSignal.any([stopping, AbortSignal.timeout(MENU_LIMIT_MS)]);
    void setup.setPersonMenu(userId, limit); // never rejects
  };
}

function createTelegraf({ telegram: { token, apiRoot } }: BotOptions): Telegraf<BotContext> {
  return new Telegraf<BotContext>(token, { handlerTimeout: HANDLER_LIMIT_MS, telegram: { apiRoot } });
}

function startPoller(
  { logger, pauses = {}, connectLimitMs = CONNECT_LIMIT_MS, onAlive }: BotOptions,
  telegraf: Telegraf<BotContext>,
  setup: BotSetup,
  dispatcher: Dispatcher,
): Stoppable {
  return startUpdatePoller({
    telegram: telegraf.telegram,
    logger,
    pauses,
    connectLimitMs,
    ...(onAlive ? { onAlive } : {}),
    async onConnected(signal) {
      await setup.setUp(signal);
      dispatcher.retryNow();
    },
    onUpdate: (update) => telegraf.handleUpdate(update as Parameters<typeof telegraf.handleUpdate>[0]), // parsed by the gate
  });
}

/** Waits for the message that is being sent, since one that is cut off is sent again after the next start; then cuts it off. */
async function finishDeliveries(dispatcher: Dispatcher, stopping: AbortController): Promise<void> {
  const limit = setTimeout(() => stopping.abort(), LAST_DELIVERY_MS);
  await dispatcher.stop();
  clearTimeout(limit);
  stopping.abort();
}
