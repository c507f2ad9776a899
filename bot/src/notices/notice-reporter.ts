import { ApiUnavailable, type ApiClient, type Notice } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { NewMessage, Outbox } from '../delivery/outbox.ts';
import type { LanguageStore } from '../people/language-store.ts';
import type { PeopleDirectory } from '../people/people-directory.ts';
import { planNotices, REMIND_MS, type NoticeStep } from './notice-plan.ts';
import type { NoticeStore } from './notice-store.ts';
import { noticeText, reminderText, solvedText } from './notice-view.ts';

export interface NoticeReporterOptions {
  readonly api: Pick<ApiClient, 'health'>;
  readonly people: Pick<PeopleDirectory, 'owners'>;
  readonly languages: Pick<LanguageStore, 'textsFor'>;
  readonly notices: NoticeStore;
  readonly outbox: Outbox;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds from one check for notices to the next. Default one minute. */
  readonly everyMs?: number;
  readonly now?: () => number;
}

const EVERY_MS = 60_000;
/** Milliseconds for which a report waits for Telegram: a warning still counts after days. */
const LIFETIME_MS = 7 * 86_400_000;

/**
 * Reports yt-app's notices to the owners in chat: each once, again when it becomes worse, a critical one daily and a warning
 * weekly while it lasts, and its end.
 */
export function startNoticeReporter(options: NoticeReporterOptions) {
  const { api, people, notices: store, logger, everyMs = EVERY_MS } = options;
  const loop = startPeriodicLoop({
    name: 'check for notices',
    logger,
    firstAfterMs: everyMs,
    everyMs,
    async run(signal) {
      const { notices } = await api.health();
      const owners = await people.owners();
      if (signal.aborted) return undefined;
      store.keepOwners(owners);
      for (const ownerId of owners) reportTo(ownerId, notices, options);
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

function reportTo(ownerId: number, open: readonly Notice[], options: NoticeReporterOptions): void {
  const { notices: store, languages, dispatcher, logger, now = Date.now } = options;
  const texts = languages.textsFor(ownerId);
  let steps: readonly NoticeStep[] = [];
  store.transaction(() => {
    steps = planNotices(open, store.reportedTo(ownerId), now());
    for (const step of steps) {
      takeStep(ownerId, step, now(), store);
      const message = messageOf(step, texts);
      if (message) options.outbox.write({ chatId: ownerId, ...message }); // the private chat with a person has their id
    }
  });
  for (const step of steps) logStep(ownerId, step, logger); // what is logged is committed
  dispatcher.wake(ownerId);
}

function takeStep(ownerId: number, step: NoticeStep, now: number, notices: NoticeStore): void {
  switch (step.kind) {
    case 'report':
    case 'remind':
      notices.put(ownerId, { ...step.notice, reportedAt: now, absentSince: null });
      break;
    case 'note':
      notices.put(ownerId, step.reported);
      break;
    case 'solve':
    case 'forget':
      notices.remove(ownerId, step.reported.key);
  }
}

function logStep(ownerId: number, step: NoticeStep, logger: Logger): void {
  if (step.kind === 'report' || step.kind === 'remind')
    logger.info({ notice: step.notice.key, ownerId }, 'notice reported to owner');
  if (step.kind === 'solve') logger.info({ notice: step.reported.key, ownerId }, 'end of notice reported to owner');
}

/** The message of a step. A reminder is of no use when the next one is due: they do not pile up while Telegram is away. */
function messageOf(step: NoticeStep, texts: Texts): Pick<NewMessage, 'text' | 'lifetimeMs'> | undefined {
  switch (step.kind) {
    case 'report':
      return { text: noticeText(step.notice, texts), lifetimeMs: LIFETIME_MS };
    case 'remind':
      return { text: reminderText(step.notice, texts), lifetimeMs: REMIND_MS[step.notice.severity] };
    case 'solve':
      return { text: solvedText(step.reported, texts), lifetimeMs: LIFETIME_MS };
    case 'note':
    case 'forget':
      return undefined;
  }
}
