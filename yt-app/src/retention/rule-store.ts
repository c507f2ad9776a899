import { NO_RETENTION, type RetentionRule, type RetentionScope } from '@linkcast/contracts';
import { z } from 'zod';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../database/table.ts';

const columns = {
  scope: column('scope', z.enum(['installation', 'person'])),
  /** Id of the person; empty for the installation. */
  scopeId: column('scope_id', z.string()),
  watchedDays: column('watched_days', z.number().nullable()),
  unwatchedDays: column('unwatched_days', z.number().nullable()),
  keepLast: column('keep_last', z.number().nullable()),
  /** Milliseconds since 1970. */
  changedAt: column('changed_at', z.number()),
};
const table = createTable(columns);

/** A rule with its scope, as the database has it. */
export type RuleRecord = RecordOf<typeof columns>;

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

  return {
    list: () => table.readAll(query().selectFrom('retention_rules').selectAll().orderBy('scope').orderBy('scope_id')),
    change: (scope, rule, changedAt) =>
      database.transaction(async () => {
        const subjectId = scope.kind === 'person' ? scope.id : null;
        if (rule !== null) {
          await save(scope, rule, changedAt);
          await activity.append({ kind: 'rule-changed', subjectId, facts: { ...rule } });
        } else if (await remove(scope)) await activity.append({ kind: 'rule-removed', subjectId });
      }),
  };
}

/** Finds the rule of the narrowest scope of an item. A scope that is added later, such as a collection, is searched before the person. */
export function createRuleLookup(
  rules: readonly RuleRecord[],
): (item: { readonly personId: string | null }) => RuleRecord {
  const byScope = new Map(rules.map((rule) => [`${rule.scope} ${rule.scopeId}`, rule]));
  const none: RuleRecord = { scope: 'installation', scopeId: '', ...NO_RETENTION, changedAt: 0 };
  const ofInstallation = byScope.get('installation ') ?? none;
  return ({ personId }) => byScope.get(`person ${personId ?? ''}`) ?? ofInstallation;
}

function scopeIdOf(scope: RetentionScope): string {
  return scope.kind === 'person' ? scope.id : '';
}
