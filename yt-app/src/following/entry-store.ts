import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../database/table.ts';
import { slices } from '../slices.ts';

const columns = {
  /** The normalised URL. */
  sourceKey: column('source_key', z.string()),
  /** The id that the source gives it, which stays when its URL changes. */
  sourceId: column('source_id', z.string().nullable()),
  /**
   * `known`: it was fetched, or is not wanted. `upcoming`: it is announced or live. `refused`: it is wanted, and there was no room for
   * its job.
   */
  state: column('state', z.enum(['known', 'upcoming', 'refused'])),
  /** Null for a known one. */
  url: column('url', z.string().nullable()),
  title: column('title', z.string().nullable()),
  /** The last check that has found it in the list, in milliseconds since 1970. */
  seenAt: column('seen_at', z.number()),
  /** Orders those that wait. */
  place: column('place', z.number()),
};
const table = createTable(columns);

/** A video of a followed list that is known. */
export type KnownEntry = RecordOf<typeof columns>;

/** The known videos of followed lists. */
export interface EntryStore {
  of(listId: string): Promise<KnownEntry[]>;
  save(listId: string, entries: readonly KnownEntry[]): Promise<void>;
  remove(listId: string, sourceKeys: readonly string[]): Promise<void>;
  /** Forgets the videos that have been out of the list for longest, beyond 2,000. */
  prune(listId: string): Promise<void>;
}

const MOST_REMEMBERED = 2000;
/** SQL limits the values of a statement. */
const ROWS_PER_STATEMENT = 50;
const NO_LIMIT = 1_000_000; // SQLite takes an offset after a limit only

interface Tables {
  followed_entries: SqlRowOf<typeof columns> & { followed_id: string };
}

export function createEntryStore(database: AppDatabase): EntryStore {
  const query = () => database.tables<Tables>();
  const ofList = (listId: string) => query().selectFrom('followed_entries').where('followed_id', '=', listId);

  return {
    of: (listId) => table.readAll(ofList(listId).select(table.names).orderBy('place').orderBy('source_key')),
    async save(listId, entries) {
      for (const slice of slices(entries, ROWS_PER_STATEMENT))
        await query()
          .insertInto('followed_entries')
          .values(slice.map((entry) => ({ ...table.writeNew(entry), followed_id: listId })))
          .onConflict((conflict) =>
            conflict.columns(['followed_id', 'source_key']).doUpdateSet((update) => ({
              source_id: update.ref('excluded.source_id'),
              state: update.ref('excluded.state'),
              url: update.ref('excluded.url'),
              title: update.ref('excluded.title'),
              seen_at: update.ref('excluded.seen_at'),
              place: update.ref('excluded.place'),
            })),
          )
          .execute();
    },
    async remove(listId, sourceKeys) {
      const all = query().deleteFrom('followed_entries').where('followed_id', '=', listId);
      for (const slice of slices(sourceKeys, ROWS_PER_STATEMENT)) await all.where('source_key', 'in', slice).execute();
    },
    async prune(listId) {
      const surplus = ofList(listId)
        .select('source_key')
        .where('state', '=', 'known')
        .orderBy('seen_at', 'desc')
        .orderBy('source_key')
        .limit(NO_LIMIT)
        .offset(MOST_REMEMBERED);
      const all = query().deleteFrom('followed_entries').where('followed_id', '=', listId);
      await all.where('source_key', 'in', surplus).execute();
    },
  };
}
