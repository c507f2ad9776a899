import { ApiUnavailable, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type Database, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { TextsFor } from '../people/language-store.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { GivenUpList, GivenUpStore } from './given-up-store.ts';

export interface GivenUpReporterOptions {
  readonly api: Pick<ApiClient, 'getReportAccount'>;
  readonly database: Database;
  readonly givenUp: GivenUpStore;
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly languages: { readonly textsFor: TextsFor };
  readonly logger: Logger;
}

/** Tells people in their private chats that a list which they follow could not be read for a month. yt-app decides who wants reports. */
export function createGivenUpReporter(options: GivenUpReporterOptions): RetryQueue {
  const { api, database, givenUp, outbox, dispatcher, languages, logger } = options;
  return createRetryQueue<GivenUpList>({
    pending: () => givenUp.pending(),
    keyOf: ({ listId }) => listId,
    async work({ listId, personId, title, code }) {
      const { telegramId } = await api.getReportAccount(personId);
      database.transaction(() => {
        givenUp.remove(listId);
        if (telegramId === null) return;
        const { bot, problems } = languages.textsFor(telegramId);
        const text = escapeHtml(bot.following.givenUp(title, problems[code].sentence({})));
        outbox.write({ chatId: telegramId, text, isSilent: true }); // the private chat with a person has their id
      })();
      if (telegramId !== null) dispatcher.wake(telegramId);
    },
    onFailure(_list, error) {
      if (!(error instanceof ApiUnavailable)) logger.error({ err: error }, 'paused list not reported');
      return { kind: 'retry' };
    },
    backOff: { firstMs: 1000, mostMs: 600_000 },
    concurrency: 1,
  });
}
