import { createLogger } from '@linkcast/kit';
import { createBotApiServer, until, type BotApiServerOptions, type TestMessage } from '@linkcast/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startBot, type Bot } from '../src/bot.ts';
import type { BotOptions } from '../src/bot-options.ts';
import { createYtAppStandIn } from './yt-app/yt-app-stand-in.ts';

export const MEMBER = 501;
export const SERVICE_KEY = 'canary-key-of-the-bot-0123456789';
/** An invitation that yt-app accepts, for a member and for an owner. */
export const MEMBER_CODE = 'canary-member-code';
export const OWNER_CODE = 'canary-owner-code';

/** The settings of a test: those of the bot, and who is in. */
export interface TestBotOptions extends Partial<BotOptions> {
  /** Telegram ids of the members. Default: {@link MEMBER}. */
  readonly members?: readonly number[];
  /** Telegram ids of the owners. Default: none. */
  readonly owners?: readonly number[];
}

/** The bot between a Telegram and a yt-app of its own, in a folder of its own. */
export async function createTestBot(options: { telegram?: BotApiServerOptions } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
  const telegram = await createBotApiServer(options.telegram);
  const ytApp = await createYtAppStandIn(SERVICE_KEY);
  const lines: string[] = [];
  let bot: Bot | undefined;
  ytApp.people.invite(MEMBER_CODE);
  ytApp.people.invite(OWNER_CODE, 'owner');

  const start = ({ members = [MEMBER], owners = [], ...more }: TestBotOptions = {}): void => {
    for (const id of members) if (!ytApp.people.get(id)) ytApp.people.add(id, 'member');
    for (const id of owners) ytApp.people.add(id, 'owner');
    bot = startBot({
      telegram: { token: telegram.token, apiRoot: telegram.url },
      ytApp: { url: ytApp.url, token: SERVICE_KEY },
      siteUrl: 'http://localhost:8080',
      databaseFile: path.join(folder, 'bot.sqlite'),
      language: 'en',
      logger: createLogger({
        service: 'bot',
        level: 'debug',
        secrets: [telegram.token, SERVICE_KEY],
        destination: { write: (line) => lines.push(line) },
      }),
      pace: { progressMs: 150, milestoneMs: 20, groupProgressMs: 300, groupMilestoneMs: 40, retryMs: 20 },
      pauses: { firstMs: 20, refusedMs: 200 },
      ...more,
    });
  };
  const stop = async (): Promise<void> => {
    await bot?.stop();
    bot = undefined;
  };

  return {
    telegram,
    ytApp,
    lines,
    folder,
    /** The numeric part of the token. */
    botId: Number.parseInt(telegram.token, 10),
    start,
    stop,
    restart: async (more: TestBotOptions = {}) => {
      await stop();
      start(more);
    },
    log: () => lines.join(''),
    /** The messages of the bot in a chat, as they are now. */
    said: (chatId = MEMBER): TestMessage[] => telegram.messages(chatId).filter((one) => one.fromBot && !one.deleted),
    /** Waits for the newest message of the bot that contains the words; returns it. */
    says: (words: string, chatId = MEMBER): Promise<TestMessage> =>
      until(() => {
        const found = telegram
          .messages(chatId)
          .findLast((one) => one.fromBot && !one.deleted && one.text.includes(words));
        if (!found) throw new Error(`nobody said "${words}" but: ${textsOf(telegram.messages(chatId))}`);
        return found;
      }),
    /** Waits for the job of a submitted link. */
    job: (url: string) =>
      until(() => {
        const job = ytApp.jobs().findLast((one) => one.url === url);
        if (!job) throw new Error(`no job for ${url}`);
        return job;
      }),
    /** Path of the page of the newest share. */
    sharedPage: () => ytApp.access.shares().at(-1)?.links.page ?? 'no share',
    /** Waits until the bot has read all that was sent to it. */
    async hasReadAll() {
      const marker = telegram.say(MEMBER, '/help');
      await until(() =>
        telegram.messages(MEMBER).some((one) => one.fromBot && one.messageId > marker && one.text.includes('/dv')),
      );
    },
    /** Waits until the bot has worked on the notices as they are now. */
    async checksNotices() {
      const before = ytApp.access.healthReads();
      await until(() => ytApp.access.healthReads() >= before + 2); // checks do not overlap
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await Promise.all([telegram.close(), ytApp.down()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function textsOf(messages: readonly TestMessage[]): string {
  return messages.map((one) => one.text).join(' | ');
}

export function buttonsOf(message: TestMessage): string[] {
  return message.keyboard.flat().map((button) => button.text);
}
