import { Message, NoticeSeverity } from '@linkcast/contracts';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
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
  let saved: readonly Condition[] | undefined;

  return {
    load: () => table.readAll(query().selectFrom('conditions').selectAll().orderBy('since').orderBy('code')),
    async save(conditions) {
      if (isDeepStrictEqual(saved, conditions)) return;
      await database.transaction(async () => {
        await query().deleteFrom('conditions').execute();
        for (const condition of conditions)
          await query().insertInto('conditions').values(table.writeNew(condition)).execute();
      });
      saved = conditions;
    },
  };
}
