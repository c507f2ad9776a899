import { NO_RETENTION, type RetentionRule, type RetentionScope } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import type { CollectionRank } from './collection-ranks.ts';
import type { Candidate } from './retention-decision.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../database/table.ts';

const columns = {
  scope: column('scope', z.enum(['installation', 'person', 'collection'])),
  /** Id of the person or the collection; empty for the installation. */
  scopeId: column('scope_id', z.string()),
  watchedDays: column('watched_days', z.number().nullable()),
  unwatchedDays: column('unwatched_days', z.number().nullable()),
  keepLast: column('keep_last', z.number().nullable()),
  /** Milliseconds since 1970. */
  changedAt: column('changed_at', z.number()),
};
const table = createTable(columns);

/** A rule with its scope, as the database has it. */
export type RuleRecord = RecordOf<typeof columns> & {
  /** True: unwatched items go without a question to the owners. Default: false. */
  readonly isSilent?: boolean;
};

/** The rules by which items go. */
export interface RuleStore {
  list(): Promise<RuleRecord[]>;
  /** Changes the rule of a scope, with an entry of the activity log. @param rule null: the scope has none any more. @param at milliseconds since 1970. */
  change(scope: RetentionScope, rule: RetentionRule | null, at: number): Promise<void>;
}

export function createRuleStore(database: AppDatabase): RuleStore {
  const query = () => database.tables<{ retention_rules: SqlRowOf<typeof columns> }>();
  const activity = createActivityLog(database);
  const save = async (scope: RetentionScope, rule: RetentionRule, changedAt: number): Promise<void> => {
    const row = table.writeNew({ scope: scope.kind, scopeId: scopeIdOf(scope), ...rule, changedAt });
    await query()
      .insertInto('retention_rules')
      .values(row)
      .onConflict((conflict) => conflict.columns(['scope', 'scope_id']).doUpdateSet(row))
      .execute();
  };
  /** @returns false when the scope had no rule. */
  const remove = async (scope: RetentionScope): Promise<boolean> => {
    const all = query().deleteFrom('retention_rules').where('scope', '=', scope.kind);
    const { numDeletedRows } = await all.where('scope_id', '=', scopeIdOf(scope)).executeTakeFirst();
    return numDeletedRows > 0n;
  };

  /** Removes the rules of collections that do not exist any more. */
  const removeOrphans = async (): Promise<void> => {
    const ofCollections = query().deleteFrom('retention_rules').where('scope', '=', 'collection');
    await ofCollections.where(sql<SqlBool>`scope_id NOT IN (SELECT id FROM collections)`).execute();
  };

  return {
    list: () => table.readAll(query().selectFrom('retention_rules').selectAll().orderBy('scope').orderBy('scope_id')),
    change: (scope, rule, changedAt) =>
      database.transaction(async () => {
        const subjectId = scope.kind === 'person' ? scope.id : null;
        const facts = scope.kind === 'collection' ? { scope: scope.kind } : {}; // its title may be private
        await removeOrphans();
        if (rule !== null) {
          await save(scope, rule, changedAt);
          await activity.append({ kind: 'rule-changed', subjectId, facts: { ...facts, ...rule } });
        } else if (await remove(scope)) await activity.append({ kind: 'rule-removed', subjectId, facts });
      }),
  };
}

/** A rule, and the place of an item among those that it counts. */
export interface RankedRule {
  readonly rule: RuleRecord;
  /** 1 is the newest. */
  readonly rank: number;
}

/**
 * Finds the rules of the narrowest scope of an item: those of its collections, else that of its person, else that of the installation.
 *
 * @param ranks the places of items in collections with a rule.
 */
export function createRuleLookup(
  rules: readonly RuleRecord[],
  ranks: readonly CollectionRank[],
): (item: Pick<Candidate, 'id' | 'personId' | 'rank'>) => readonly [RankedRule, ...RankedRule[]] {
  // Of two rules of a collection, the owners' comes last and counts.
  const byScope = new Map(rules.map((rule) => [`${rule.scope} ${rule.scopeId}`, rule]));
  const none: RuleRecord = { scope: 'installation', scopeId: '', ...NO_RETENTION, changedAt: 0 };
  const ofInstallation = byScope.get('installation ') ?? none;
  const byItem = Map.groupBy(ranks, ({ mediaId }) => mediaId);
  return ({ id, personId, rank }) => {
    const [first, ...others] = (byItem.get(id) ?? []).flatMap((entry) => {
      const rule = byScope.get(`collection ${entry.collectionId}`);
      return rule ? [{ rule, rank: entry.rank }] : [];
    });
    if (first) return [first, ...others];
    return [{ rule: byScope.get(`person ${personId ?? ''}`) ?? ofInstallation, rank }];
  };
}

function scopeIdOf(scope: RetentionScope): string {
  return scope.kind === 'installation' ? '' : scope.id;
}
