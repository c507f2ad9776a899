import { ApiUnavailable, isProblem, MOST_COOKIE_CHARACTERS, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type Database, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { TextsFor } from '../people/language-store.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { Messenger } from '../telegram/messenger.ts';
import { FileTooLarge, type TelegramFiles } from '../telegram/telegram-files.ts';
import type { CookieWish, CookieWishStore } from './cookie-wish-store.ts';

export interface CookieSubmitterOptions {
  /** Returns a client that calls for a person. */
  readonly apiAs: (userId: number) => Pick<ApiClient, 'putCookies'>;
  readonly database: Database;
  readonly cookieWishes: CookieWishStore;
  readonly files: TelegramFiles;
  readonly messenger: Pick<Messenger, 'remove'>;
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly languages: { readonly textsFor: TextsFor };
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to 30 seconds. Default 1,000. */
  readonly retryMs?: number;
}

type TextOf = (texts: Texts) => string;

const MAX_RETRY_MS = 30_000;
/** Milliseconds for which an attempt is repeated. The cookies should not stay in the chat for long. */
const GIVE_UP_MS = 3_600_000;

/** Gives the cookies of messages to yt-app, deletes the messages, and writes into the chat what was done. */
export function createCookieSubmitter(options: CookieSubmitterOptions): RetryQueue {
  const { apiAs, cookieWishes, logger, retryMs = 1000 } = options;
  return createRetryQueue<CookieWish>({
    pending: () => cookieWishes.pending(),
    keyOf: ({ id }) => id,
    async work(wish, signal) {
      const text = await readText(wish, options, signal);
      const { site } = await apiAs(wish.userId).putCookies({
        text,
        use: 'mine',
        ...(wish.site && { site: wish.site }),
      });
      await finish(wish, ({ bot }) => bot.cookies.stored(site), options);
      logger.info({ chatId: wish.chatId, site }, 'cookies stored');
    },
    onFailure: (wish, error) => afterFailure(wish, error, options),
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
    concurrency: 1,
  });
}

async function readText(
  { fileId }: CookieWish,
  { files }: CookieSubmitterOptions,
  signal: AbortSignal,
): Promise<string> {
  const file = await files.open(fileId, signal);
  try {
    if (file.bytes > MOST_COOKIE_CHARACTERS) throw new FileTooLarge();
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of file.read(0) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_COOKIE_CHARACTERS) throw new FileTooLarge(); // more than was announced
    }
    return Buffer.concat(chunks).toString();
  } finally {
    await file.close();
  }
}

function afterFailure(wish: CookieWish, error: unknown, options: CookieSubmitterOptions): AfterFailure {
  const isLate = Date.now() - wish.wishedAt >= GIVE_UP_MS;
  const reason = reasonOf(error);
  if (!reason && !isLate) {
    if (!isProblem(error) && !(error instanceof ApiUnavailable))
      options.logger.error({ err: error }, 'bug: cookies not stored');
    return { kind: 'retry' };
  }
  void finish(wish, reason ?? (({ bot }) => bot.cookies.refused(bot.gaveUp)), options); // never rejects
  return { kind: 'give-up' };
}

/** The answer for a failure that does not pass; undefined for any other. */
function reasonOf(error: unknown): TextOf | undefined {
  if (error instanceof FileTooLarge) return ({ bot }) => bot.cookies.tooLarge;
  if (!isProblem(error) || error.retryable || error.code === 'unauthorized') return undefined;
  const { code, facts } = error;
  return ({ bot, problems }) => bot.cookies.refused(problems[code].sentence(facts));
}

/** Deletes the message, and writes the answer; the wish is removed with it. */
async function finish(wish: CookieWish, textOf: TextOf, options: CookieSubmitterOptions): Promise<void> {
  const { id, chatId, userId, messageId } = wish;
  const { database, cookieWishes, outbox, languages, dispatcher, messenger } = options;
  const isDeleted = await messenger.remove(chatId, messageId);
  const texts = languages.textsFor(userId);
  const { deleted, undeleted } = texts.bot.cookies;
  database.transaction(() => {
    outbox.write({ chatId, text: escapeHtml(`${textOf(texts)} ${isDeleted ? deleted : undeleted}`) });
    cookieWishes.remove(id);
  })();
  dispatcher.wake(chatId);
}
