import { ApiUnavailable, isProblem, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type Database, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { TextsFor } from '../people/language-store.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { FollowWish, FollowWishStore } from './follow-wish-store.ts';

export interface FollowSubmitterOptions {
  /** Returns a client that calls for a person. */
  readonly apiAs: (userId: number) => Pick<ApiClient, 'follow'>;
  readonly database: Database;
  readonly followWishes: FollowWishStore;
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly languages: { readonly textsFor: TextsFor };
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to 30 seconds. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** Milliseconds for which a wish is repeated. */
const GIVE_UP_MS = 86_400_000;
/** yt-app reads no more than three links of a person at a time. */
const CONCURRENCY = 2;

/** Asks yt-app to follow lists for people, until it has answered, and writes the answer into the chat. */
export function createFollowSubmitter(options: FollowSubmitterOptions): RetryQueue {
  const { apiAs, followWishes, logger, retryMs = 1000 } = options;
  return createRetryQueue<FollowWish>({
    pending: () => followWishes.pending(),
    keyOf: ({ id }) => id,
    async work(wish, signal) {
      const { title } = await apiAs(wish.userId).follow({ url: wish.url, type: wish.type }, signal);
      finish(wish, ({ bot }) => bot.following.started(title), options);
      logger.info({ chatId: wish.chatId, type: wish.type }, 'list followed');
    },
    onFailure: (wish, error) => afterFailure(wish, error, options),
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
    concurrency: CONCURRENCY,
  });
}

function afterFailure(wish: FollowWish, error: unknown, options: FollowSubmitterOptions): AfterFailure {
  const { logger } = options;
  const problem = isProblem(error) ? error : undefined;
  const isBusy = problem?.code === 'too-many-requests' || problem?.code === 'unauthorized';
  if (problem && !isBusy) {
    finish(wish, ({ problems }) => problems[problem.code].sentence(problem.facts), options);
    return { kind: 'give-up' };
  }
  if (!problem && !(error instanceof ApiUnavailable)) logger.error({ err: error }, 'bug: list not followed');
  if (Date.now() - wish.wishedAt < GIVE_UP_MS) {
    const seconds = problem?.facts.retryAfterSeconds;
    return seconds === undefined ? { kind: 'retry' } : { kind: 'retry-after', ms: seconds * 1000 };
  }
  finish(wish, ({ bot }) => bot.gaveUp, options);
  return { kind: 'give-up' };
}

/** Writes the answer, and removes the wish, in one transaction. */
function finish(
  { id, chatId, userId }: FollowWish,
  textOf: (texts: Texts) => string,
  options: FollowSubmitterOptions,
): void {
  const { database, followWishes, outbox, languages, dispatcher } = options;
  database.transaction(() => {
    outbox.write({ chatId, text: escapeHtml(textOf(languages.textsFor(userId))) });
    followWishes.remove(id);
  })();
  dispatcher.wake(chatId);
}
