import { ApiUnavailable, type ApiClient, type Notice } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import { sentenceIn } from '@linkcast/texts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { LanguageStore } from '../people/language-store.ts';
import type { PeopleStore } from '../people/people-store.ts';
import { escapeHtml, shorten } from '../telegram/message-draft.ts';
import type { NoticeStore } from './notice-store.ts';

export interface NoticeReporterOptions {
  readonly api: Pick<ApiClient, 'health'>;
  readonly people: Pick<PeopleStore, 'owners'>;
  readonly languages: Pick<LanguageStore, 'textsFor'>;
  readonly notices: NoticeStore;
  readonly outbox: Outbox;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds from one check for notices to the next. Default ten minutes. */
  readonly everyMs?: number;
}

const EVERY_MS = 600_000;
/** Notices of one check that are reported. */
const MAX_NOTICES = 20;
const MAX_SENTENCE = 1000;
const MAX_KEY = 200;
/** Milliseconds for which a notice waits for Telegram: a warning still counts after days. */
const LIFETIME_MS = 7 * 86_400_000;

/** Reports yt-app's notices to the owners in chat: a certificate is not renewed, a port is closed. */
export function startNoticeReporter(options: NoticeReporterOptions) {
  const { api, logger, everyMs = EVERY_MS } = options;
  const loop = startPeriodicLoop({
    name: 'check for notices',
    logger,
    firstAfterMs: everyMs,
    everyMs,
    async run(signal) {
      const { notices } = await api.health();
      if (!signal.aborted) for (const notice of notices.slice(0, MAX_NOTICES)) report(notice, options);
      return undefined;
    },
    onFailure(error) {
      if (error instanceof ApiUnavailable) logger.debug('no notices: yt-app does not answer');
      else logger.error({ err: error }, 'notices could not be read');
      return everyMs;
    },
  });
  return { checkNow: () => loop.runNow(), stop: () => loop.stop() };
}

/** Reports a notice to each owner in their language. */
function report(
  notice: Notice,
  { people, languages, notices, outbox, dispatcher, logger }: NoticeReporterOptions,
): void {
  const { key } = notice;
  for (const ownerId of people.owners()) {
    const texts = languages.textsFor(ownerId);
    const sentences = [notice, ...(notice.action ? [notice.action] : [])].map((one) => sentenceIn(one, texts));
    notices.reportOnce(ownerId, shorten(key, MAX_KEY), () => {
      outbox.write({
        chatId: ownerId, // the private chat with a person has their id
        text: `⚠️ ${escapeHtml(shorten(sentences.join(' '), MAX_SENTENCE))}`,
        lifetimeMs: LIFETIME_MS,
      });
      logger.info({ notice: key, ownerId }, 'notice reported to owner');
    });
    dispatcher.wake(ownerId);
  }
}
