import { ApiUnavailable, type ApiClient, type RetentionQuestion } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { LanguageStore } from '../people/language-store.ts';
import type { PeopleDirectory } from '../people/people-directory.ts';
import type { AskedQuestionStore } from './asked-question-store.ts';
import { renderQuestion } from './question-view.ts';

export interface QuestionReporterOptions {
  readonly api: Pick<ApiClient, 'listRetentionQuestions'>;
  readonly people: Pick<PeopleDirectory, 'owners'>;
  readonly languages: Pick<LanguageStore, 'textsFor'>;
  readonly askedQuestions: AskedQuestionStore;
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds from one check to the next. Default one minute. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;

/** Asks the owners in chat what yt-app wants to know about unwatched items: each question once, with buttons. yt-app decides. */
export function startQuestionReporter(options: QuestionReporterOptions) {
  const { api, people, askedQuestions: store, logger, everyMs = EVERY_MS } = options;
  const loop = startPeriodicLoop({
    name: 'check for questions',
    logger,
    firstAfterMs: everyMs,
    everyMs,
    async run(signal) {
      const { questions } = await api.listRetentionQuestions();
      const owners = await people.owners();
      if (signal.aborted) return undefined;
      const ids = questions.map(({ id }) => id);
      store.transaction(() => store.keep(owners, ids));
      for (const ownerId of owners) ask(ownerId, questions, options);
      return undefined;
    },
    onFailure(error) {
      if (error instanceof ApiUnavailable) logger.debug('no questions: yt-app does not answer');
      else logger.error({ err: error }, 'questions could not be read');
      return everyMs;
    },
  });
  return { checkNow: () => loop.runNow(), stop: () => loop.stop() };
}

function ask(ownerId: number, questions: readonly RetentionQuestion[], options: QuestionReporterOptions): void {
  const { askedQuestions: store, outbox, languages, dispatcher, logger } = options;
  const asked = store.askedOf(ownerId);
  const due = questions.filter(({ id }) => !asked.has(id));
  if (due.length === 0) return;
  const texts = languages.textsFor(ownerId);
  store.transaction(() => {
    for (const question of due) {
      store.put(ownerId, question.id);
      const lifetimeMs = Math.max(0, Date.parse(question.expiresAt) - Date.now());
      outbox.write({ chatId: ownerId, ...renderQuestion(question, texts), lifetimeMs }); // the private chat has the person's id
    }
  });
  for (const { id, mediaId } of due) logger.info({ questionId: id, mediaId, ownerId }, 'question sent to owner');
  dispatcher.wake(ownerId);
}
