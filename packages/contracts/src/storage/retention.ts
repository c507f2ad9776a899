import { z } from 'zod';
import { MediaId } from '../library/media.ts';

const Days = z.number().int().min(1).max(3650);

/** The days and numbers by which items go by themselves; null: never for this reason. */
export const RetentionRule = z
  .strictObject({
    watchedDays: Days.nullable().meta({ description: 'Days after which a watched item goes to the trash.' }),
    unwatchedDays: Days.nullable().meta({ description: 'Days after which owners are asked about an unwatched item.' }),
    keepLast: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .meta({ description: 'Of each person, or of the collection, only so many items stay: the newest ones.' }),
  })
  .meta({ id: 'RetentionRule' });
export type RetentionRule = z.infer<typeof RetentionRule>;

/** The rule of an installation that has none: nothing is deleted. */
export const NO_RETENTION: RetentionRule = { watchedDays: null, unwatchedDays: null, keepLast: null };

/**
 * The items that a rule is for. The narrowest scope of an item counts, and its rule as a whole: that of a collection, then a person's, then
 * that of the installation. The rule of a collection is for the items of its person; of several collections, the rule that keeps an
 * item longest counts.
 */
export const RetentionScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('installation') }),
    z.strictObject({ kind: z.literal('person'), id: z.string().regex(/^[\w-]{1,64}$/) }),
    z.strictObject({ kind: z.literal('collection'), id: MediaId }),
  ])
  .meta({ id: 'RetentionScope' });
export type RetentionScope = z.infer<typeof RetentionScope>;

/** The rule of a scope. */
export const ScopedRule = z
  .object({
    scope: RetentionScope,
    rule: RetentionRule,
    title: z
      .string()
      .nullable()
      .default(null)
      .meta({ description: 'Of the collection; null: it is for no collection.' }),
    changedAt: z.iso.datetime().meta({ description: 'Nothing goes by a rule in the first day after its change.' }),
  })
  .meta({ id: 'ScopedRule' });
export type ScopedRule = z.infer<typeof ScopedRule>;

export const RetentionRules = z.object({ rules: z.array(ScopedRule) }).meta({ id: 'RetentionRules' });
export type RetentionRules = z.infer<typeof RetentionRules>;

export const RetentionRuleChange = z
  .strictObject({
    scope: RetentionScope,
    rule: RetentionRule.nullable().meta({ description: 'Null: the scope has no rule of its own any more.' }),
  })
  .meta({ id: 'RetentionRuleChange' });
export type RetentionRuleChange = z.infer<typeof RetentionRuleChange>;

/** The reason for which an item goes. `keep-last`: newer ones of its person have its place. */
export const RetentionReason = z.enum(['watched', 'unwatched', 'keep-last']).meta({ id: 'RetentionReason' });
export type RetentionReason = z.infer<typeof RetentionReason>;

/** A question to the owners, about an item that was not watched and is due. */
export const RetentionQuestion = z
  .object({
    id: z.string(),
    mediaId: z.string(),
    title: z.string(),
    bytes: z.number().int().nonnegative(),
    personName: z.string().nullable().meta({ description: 'The person whose item it is; null: nobody, or no name.' }),
    reason: RetentionReason,
    addedAt: z.iso.datetime().meta({ description: 'When the item was added.' }),
    askedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().meta({ description: 'Without an answer until then, the item stays.' }),
  })
  .meta({ id: 'RetentionQuestion' });
export type RetentionQuestion = z.infer<typeof RetentionQuestion>;

export const RetentionQuestions = z
  .object({ questions: z.array(RetentionQuestion) })
  .meta({ id: 'RetentionQuestions' });
export type RetentionQuestions = z.infer<typeof RetentionQuestions>;

export const RetentionAnswer = z
  .strictObject({
    answer: z
      .enum(['keep', 'delete', 'later'])
      .meta({ description: '`keep` marks the item; `delete` moves it to the trash; `later` asks again after a week.' }),
  })
  .meta({ id: 'RetentionAnswer' });
export type RetentionAnswer = z.infer<typeof RetentionAnswer>;
