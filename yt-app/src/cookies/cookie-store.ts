import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../database/table.ts';

const columns = {
  id: column('id', z.string()),
  site: column('site', z.string()),
  /** The person for whose jobs they are; empty: for those of everybody. */
  personId: column('person_id', z.string()),
  /** The cookies, encrypted; see {@link createCookieJars}. */
  sealed: column('sealed', z.string()),
  count: column('cookie_count', z.number()),
  /** Milliseconds since 1970; null: all end with the session. */
  expiresAt: column('expires_at', z.number().nullable()),
  /** Milliseconds since 1970, of the last change by a person. */
  changedAt: column('changed_at', z.number()),
  /** Counts all changes, also those of the downloader. */
  version: column('version', z.number()),
};
const table = createTable(columns);

/** Cookies of a site, as the database has them. */
export type CookieRecord = RecordOf<typeof columns>;

/** The stored cookies. */
export interface CookieStore {
  list(): Promise<CookieRecord[]>;
  get(id: string): Promise<CookieRecord | undefined>;
  /** Adds cookies, or replaces those of the same site and person. Counts the version. */
  put(record: Omit<CookieRecord, 'version'>): Promise<void>;
  /** Writes what the downloader has changed. @returns false when somebody else has changed them meanwhile. */
  refresh(id: string, version: number, change: Pick<CookieRecord, 'sealed' | 'count' | 'expiresAt'>): Promise<boolean>;
  remove(id: string): Promise<void>;
  removeOf(personId: string): Promise<void>;
}

export function createCookieStore(database: AppDatabase): CookieStore {
  const query = () => database.tables<{ cookies: SqlRowOf<typeof columns> }>();
  return {
    list: () => table.readAll(query().selectFrom('cookies').selectAll().orderBy('site').orderBy('person_id')),
    get: (id) => table.readOne(query().selectFrom('cookies').selectAll().where('id', '=', id)),
    put: (record) =>
      database.transaction(async () => {
        const { site, personId } = record;
        const present = query().selectFrom('cookies').selectAll().where('site', '=', site);
        const found = await table.readOne(present.where('person_id', '=', personId));
        if (found) await query().deleteFrom('cookies').where('id', '=', found.id).execute();
        const row = table.writeNew({ ...record, version: (found?.version ?? 0) + 1 });
        await query().insertInto('cookies').values(row).execute();
      }),
    async refresh(id, version, change) {
      const update = query()
        .updateTable('cookies')
        .set(table.write({ ...change, version: version + 1 }))
        .where('id', '=', id)
        .where('version', '=', version);
      return (await update.executeTakeFirst()).numUpdatedRows > 0n;
    },
    async remove(id) {
      await query().deleteFrom('cookies').where('id', '=', id).execute();
    },
    async removeOf(personId) {
      await query().deleteFrom('cookies').where('person_id', '=', personId).execute();
    },
  };
}
