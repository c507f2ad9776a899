import type { NextItem, RetentionQuestion, ScopedRule, StoragePicture } from '@linkcast/contracts';
import type { ItemStore } from '../library/items/item-store.ts';
import { itemView } from '../library/items/item-view.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { DiskSpace } from './disk-space.ts';
import type { QuestionRecord } from './question-store.ts';
import type { RetentionPlan } from './retention-plan.ts';
import type { RetentionQuestions } from './retention-questions.ts';
import type { RuleRecord, RuleStore } from './rule-store.ts';
import type { SpaceUse } from './space-use.ts';

/** Shows owners what takes the space, what goes next, and what they are asked. */
export interface StorageReads {
  picture(): Promise<StoragePicture>;
  questions(): Promise<RetentionQuestion[]>;
  rules(): Promise<ScopedRule[]>;
}

export interface StorageReadsOptions {
  readonly items: Pick<ItemStore, 'get' | 'collections'>;
  readonly people: Pick<PersonStore, 'get'>;
  readonly ruleStore: Pick<RuleStore, 'list'>;
  readonly space: () => Promise<DiskSpace>;
  readonly use: SpaceUse;
  readonly plan: Pick<RetentionPlan, 'all'>;
  readonly asked: Pick<RetentionQuestions, 'open'>;
  /** The bytes that the downloads in progress still need. */
  readonly reservedBytes: () => number;
}

const MOST_NEXT = 50;
const MOST_LARGEST = 10;

export function createStorageReads(options: StorageReadsOptions): StorageReads {
  const { items, ruleStore, use } = options;

  const questions = async (): Promise<RetentionQuestion[]> =>
    (await Promise.all((await options.asked.open()).map((question) => questionView(question, options)))).flat();
  const rules = async (): Promise<ScopedRule[]> => {
    const shown: ScopedRule[] = [];
    for (const rule of await ruleStore.list()) shown.push(...(await ruleView(rule, options)));
    return shown;
  };
  const next = async (): Promise<NextItem[]> => {
    const planned = (await options.plan.all()).slice(0, MOST_NEXT);
    const views = planned.map(async ({ item: { id }, at, reason, needsAnswer }): Promise<NextItem[]> => {
      const record = await items.get(id);
      return record ? [{ media: itemView(record), at: new Date(at).toISOString(), reason, needsAnswer }] : [];
    });
    return (await Promise.all(views)).flat();
  };

  return {
    questions,
    rules,
    async picture() {
      const { totalBytes, limitBytes, freeBytes, level } = await options.space();
      const [kinds, workBytes] = [await use.byKind(), await use.workBytes()];
      const known = kinds.videoBytes + kinds.audioBytes + kinds.trashBytes + workBytes;
      const otherBytes = Math.max(0, totalBytes - freeBytes - known);
      const reservedBytes = options.reservedBytes();
      return {
        level,
        disk: { totalBytes, limitBytes, freeBytes, ...kinds, workBytes, reservedBytes, otherBytes },
        people: await use.byPerson(),
        largest: (await use.largest(MOST_LARGEST)).map(itemView),
        next: await next(),
        questions: await questions(),
        rules: await rules(),
      };
    },
  };
}

async function questionView(
  { id, mediaId, reason, askedAt, expiresAt }: QuestionRecord,
  { items, people }: Pick<StorageReadsOptions, 'items' | 'people'>,
): Promise<RetentionQuestion[]> {
  const item = await items.get(mediaId);
  if (!item) return [];
  const { title, bytes, createdAt, personId } = item;
  const person = personId === null ? undefined : await people.get(personId);
  const times = {
    addedAt: new Date(createdAt).toISOString(),
    askedAt: new Date(askedAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
  return [{ id, mediaId, title, bytes, reason, personName: person?.name ?? null, ...times }];
}

/** No view of the rule of a person or a collection that does not exist any more. */
async function ruleView(
  { scope: kind, scopeId: id, changedAt, ...days }: RuleRecord,
  { items, people }: Pick<StorageReadsOptions, 'items' | 'people'>,
): Promise<ScopedRule[]> {
  const { watchedDays, unwatchedDays, keepLast } = days;
  const rule = { rule: { watchedDays, unwatchedDays, keepLast }, changedAt: new Date(changedAt).toISOString() };
  if (kind === 'installation') return [{ ...rule, scope: { kind }, title: null }];
  if (kind === 'person') return (await people.get(id)) ? [{ ...rule, scope: { kind, id }, title: null }] : [];
  const collection = await items.collections.get(id);
  return collection ? [{ ...rule, scope: { kind, id }, title: collection.title }] : [];
}
