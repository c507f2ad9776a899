import { Problem, type RetentionAnswer } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import { randomId } from '../random-id.ts';
import type { QuestionRecord, QuestionStore } from './question-store.ts';
import type { RetentionDecision } from './retention-decision.ts';
import type { PlannedItem, RetentionPlan } from './retention-plan.ts';

/** Asks the owners about items that were not watched. */
export interface RetentionQuestions {
  /** The questions that wait for an answer, the oldest first. */
  open(): Promise<QuestionRecord[]>;
  /** Asks about items that are due, and withdraws the questions about items that are not due any more. @param due needing an answer. */
  update(due: readonly PlannedItem[]): Promise<void>;
  /**
   * Answers a question. The same answer of the same person may come twice.
   *
   * @throws {Problem} `not-found` for one that was withdrawn or has expired; `conflict` when somebody else has answered, or the item is
   * not due any more: it is watched now, shared, or kept; `media-missing`.
   */
  answer(id: string, answer: RetentionAnswer['answer'], personId: string): Promise<void>;
}

export interface RetentionQuestionsOptions {
  readonly database: AppDatabase;
  readonly questions: QuestionStore;
  readonly plan: Pick<RetentionPlan, 'one'>;
  readonly library: Pick<Library, 'change' | 'trash'>;
  readonly items: Pick<ItemStore, 'lock' | 'setKept'>;
  readonly logger: Logger;
  readonly clock: () => number;
}

const DAY_MS = 86_400_000;
/** Without an answer for so long, the item stays, and nobody is asked again. */
const LIFETIME_MS = 14 * DAY_MS;
/** `later` asks again after so long. */
const LATER_MS = 7 * DAY_MS;
/** Questions that are open at once: a new rule for a large library does not flood a chat. */
const MOST_OPEN = 5;

export function createRetentionQuestions(options: RetentionQuestionsOptions): RetentionQuestions {
  const { questions, logger, clock } = options;

  const open = async (): Promise<QuestionRecord[]> => {
    const now = clock();
    return (await questions.list()).filter(({ answer, expiresAt }) => answer === null && expiresAt > now);
  };
  const ask = async ({ item, reason }: PlannedItem): Promise<void> => {
    const askedAt = clock();
    const unanswered = { answer: null, answeredBy: null, answeredAt: null };
    const times = { askedAt, expiresAt: askedAt + LIFETIME_MS };
    await questions.put({ id: randomId(), mediaId: item.id, reason, ...times, ...unanswered });
    logger.info({ mediaId: item.id, reason }, 'owners asked about an unwatched item');
  };

  return {
    open,
    async update(due) {
      const ids = new Set(due.map(({ item }) => item.id));
      const stored = new Map<string, QuestionRecord>();
      for (const question of await questions.list())
        if (ids.has(question.mediaId)) stored.set(question.mediaId, question);
        else await questions.remove(question.mediaId); // it was watched, kept or deleted: a new question may follow some day
      const room = MOST_OPEN - (await open()).length;
      const askable = due.filter(({ item }) => mayAsk(stored.get(item.id), clock()));
      for (const planned of askable.slice(0, Math.max(0, room))) await ask(planned);
    },
    async answer(id, answer, personId) {
      const question = await questions.get(id);
      if (!question) throw new Problem('not-found');
      if (question.answer === answer && question.answeredBy === personId) return;
      if (question.answer !== null) throw new Problem('conflict');
      if (question.expiresAt <= clock()) throw new Problem('not-found');
      await carryOut(question, answer, personId, options);
      logger.info({ mediaId: question.mediaId, answer, personId }, 'question about an unwatched item answered');
    },
  };
}

/** Reports whether to ask about an item that is due. Nobody is asked twice, unless they said `later`, or took the mark away again. */
function mayAsk(question: QuestionRecord | undefined, now: number): boolean {
  if (!question) return true;
  const { answer, answeredAt } = question;
  if (answer === null) return false;
  return answer === 'keep' || now - (answeredAt ?? 0) >= LATER_MS;
}

async function carryOut(
  question: QuestionRecord,
  answer: RetentionAnswer['answer'],
  personId: string,
  options: RetentionQuestionsOptions,
): Promise<void> {
  const { id, mediaId } = question;
  const { database, questions, items, library, clock } = options;
  const note = (): Promise<boolean> => questions.answer(id, { answer, by: personId, at: clock() });
  if (answer === 'delete') {
    const isTaken = await library.trash.addIf(
      mediaId,
      async () => isDue(await options.plan.one(mediaId), clock()) && note(),
    );
    if (!isTaken) throw new Problem('conflict');
    return;
  }
  const isFirst = await database.transaction(async () => {
    await items.lock(mediaId);
    const isNoted = await note();
    if (isNoted && answer === 'keep') await items.setKept(mediaId, true);
    return isNoted;
  });
  if (!isFirst) throw new Problem('conflict');
  if (answer === 'keep') await library.change(mediaId, { isKept: true }); // media.json
}

/** Reports whether an item may go now. */
export function isDue(decision: RetentionDecision | undefined, now: number): boolean {
  return decision !== undefined && decision.at <= now;
}
