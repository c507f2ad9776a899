import { ApiUnavailable, type ApiClient, type Notice } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { PeopleStore } from '../people/people-store.ts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import { escapeHtml, shorten } from '../telegram/message-draft.ts';
import type { NoticeStore } from './notice-store.ts';
import type { Outbox } from '../delivery/outbox.ts';

export interface NoticeWatchOptions {
  readonly api: Pick<ApiClient, 'health'>;
  readonly people: Pick<PeopleStore, 'owners'>;
  readonly notices: NoticeStore;
  readonly outbox: Outbox;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds between two looks. Default ten minutes. */
  readonly everyMs?: number;
}

const EVERY_MS = 600_000;
/** More at once than anybody would read. */
const MAX_NOTICES = 20;
const MAX_SENTENCE = 1000;
const MAX_KEY = 200;
/** A warning still counts when Telegram was away for days. */
const LIFETIME_MS = 7 * 86_400_000;

/** Tells the owners in chat what yt-app has to tell them: that a certificate is not renewed, that a port is closed. */
export function createNoticeWatch(options: NoticeWatchOptions) {
  const { api, people, notices, outbox, dispatcher, logger, everyMs = EVERY_MS } = options;
  let looking: Promise<void> | undefined;
  let isStopped = false;

  const tell = ({ key, sentence }: Notice): void => {
    for (const ownerId of people.owners()) {
      notices.tellOnce(ownerId, shorten(key, MAX_KEY), () => {
        outbox.write({
          chatId: ownerId, // the private chat with a person has their id
          text: `⚠️ ${escapeHtml(shorten(sentence, MAX_SENTENCE))}`,
          lifetimeMs: LIFETIME_MS,
        });
        logger.info({ notice: key, ownerId }, 'an owner is told');
      });
      dispatcher.wake(ownerId);
    }
  };

  const ask = async (): Promise<void> => {
    const health = await api.health();
    if (!isStopped) health.notices.slice(0, MAX_NOTICES).forEach(tell);
  };

  const look = (): void => {
    if (isStopped) return;
    looking ??= ask()
      .catch((error: unknown) => {
        if (error instanceof ApiUnavailable) logger.debug('no notices: yt-app does not answer');
        else logger.error({ err: error }, 'the notices could not be read');
      })
      .finally(() => (looking = undefined));
  };
  const timer = setInterval(look, everyMs);

  return {
    /** Asks now, beside the regular looks. */
    look,
    async stop(): Promise<void> {
      isStopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}
