import { Message, NoticeSeverity } from '@linkcast/contracts';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, jsonColumn, type SqlRowOf } from '../database/table.ts';
import type { Condition } from './condition.ts';

/**
 * Stores the conditions across restarts. It does not store what was reported in chat: the bot does, in the transaction that
 * writes the message, so that a crash of either process neither loses nor repeats a report.
 */
export interface NoticeStore {
  load(): Promise<Condition[]>;
  /** Replaces all conditions. */
  save(conditions: readonly Condition[]): Promise<void>;
}

const columns = {
  source: column('source', z.string()),
  code: column('code', z.string()),
  severity: column('severity', NoticeSeverity),
  message: jsonColumn('message', Message),
  action: jsonColumn('action', Message.nullable()),
  sinceMs: column('since', z.number()),
  openedAtMs: column('opened_at', z.number().nullable()),
  lastSeenAtMs: column('last_seen_at', z.number()),
  closedAtMs: column('closed_at', z.number().nullable()),
};

interface Tables {
  conditions: SqlRowOf<typeof columns>;
}

export function createNoticeStore(database: AppDatabase): NoticeStore {
  const table = createTable(columns);
  const query = () => database.tables<Tables>();
  const activity = createActivityLog(database);
  let saved: readonly Condition[] | undefined;
  const noteChanges = async (before: readonly Condition[], after: readonly Condition[]): Promise<void> => {
    for (const { message } of openOnlyIn(after, before))
      await activity.append({ kind: 'notice-opened', personId: null, cause: message });
    for (const { message } of openOnlyIn(before, after))
      await activity.append({ kind: 'notice-closed', personId: null, cause: message });
  };

  const load = (): Promise<Condition[]> =>
    table.readAll(query().selectFrom('conditions').selectAll().orderBy('since').orderBy('code'));

  return {
    load,
    async save(conditions) {
      if (isDeepStrictEqual(saved, conditions)) return;
      await database.transaction(async () => {
        const before = await load();
        await query().deleteFrom('conditions').execute();
        for (const condition of conditions)
          await query().insertInto('conditions').values(table.writeNew(condition)).execute();
        await noteChanges(before, conditions);
      });
      saved = conditions;
    },
  };
}

/** The conditions that are open notices among some, and not among the others. */
function openOnlyIn(some: readonly Condition[], others: readonly Condition[]): Condition[] {
  const isOpen = ({ openedAtMs, closedAtMs }: Condition): boolean => openedAtMs !== null && closedAtMs === null;
  const keyOf = ({ source, code, openedAtMs }: Condition): string => `${source} ${code} ${openedAtMs}`;
  const known = new Set(others.filter(isOpen).map(keyOf));
  return some.filter((condition) => isOpen(condition) && !known.has(keyOf(condition)));
}
