import { isProblem, type ApiClient, type OpenedTelegramLink, type Person, type Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { PeopleDirectory } from './people-directory.ts';

/** yt-app's answer, a refusal, or no answer. */
export type LinkAnswer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unavailable' };

export interface TelegramLinksOptions {
  /** The bot's own calls. */
  readonly api: Pick<ApiClient, 'openTelegramLink' | 'confirmTelegramLink'>;
  readonly directory: Pick<PeopleDirectory, 'record'>;
  readonly logger: Logger;
  readonly now?: () => number;
}

/** The links by which people of the site connect their Telegram account. Calls never reject. */
export function createTelegramLinks({ api, directory, logger, now = Date.now }: TelegramLinksOptions) {
  const answerOf = async <T>(call: () => Promise<T>): Promise<LinkAnswer<T>> => {
    try {
      return { kind: 'answered', value: await call() };
    } catch (error) {
      if (isProblem(error) && error.code !== 'unauthorized') return { kind: 'refused', problem: error };
      logger.warn({ err: error }, 'telegram link call failed');
      return { kind: 'unavailable' };
    }
  };

  return {
    /** Opens a link for the account, which connects nothing yet. */
    open: (userId: number, code: string): Promise<LinkAnswer<OpenedTelegramLink>> =>
      answerOf(() => api.openTelegramLink({ code, telegramId: userId })),
    /** Connects the account that has opened the link. */
    confirm: (userId: number, id: string): Promise<LinkAnswer<Person>> =>
      answerOf(async () => {
        const startedAt = now();
        const person = await api.confirmTelegramLink({ id, telegramId: userId });
        directory.record(userId, person, startedAt);
        logger.info({ personId: person.id }, 'telegram account connected');
        return person;
      }),
  };
}

export type TelegramLinks = ReturnType<typeof createTelegramLinks>;
