import type { AppDatabase } from '../database/app-database.ts';
import { writeIfPossible } from '../database/optional-write.ts';
import type { PersonReads } from './person-reads.ts';
import { personTable, type PersonRecord } from './person-table.ts';

/** Fields of a person that change. */
export type PersonChange = Partial<
  Pick<PersonRecord, 'name' | 'role' | 'language' | 'limits' | 'preferences' | 'telegramId'>
>;

/** Changes people. Those who were removed are not changed. */
export interface PersonChanges {
  update(id: string, change: PersonChange): Promise<PersonRecord | undefined>;
  /** Connects a Telegram account to a person, and takes it from a removed one. The caller holds PEOPLE_LOCK. */
  connectTelegram(id: string, telegramId: number): Promise<PersonRecord | undefined>;
  /** Marks a person as removed. @returns false when there was none. */
  remove(id: string): Promise<boolean>;
  /** Stores that a person was seen now, once an hour at most. */
  see(person: PersonRecord): Promise<void>;
}

const NOTE_SEEN_MS = 3_600_000;

export function createPersonChanges(
  database: AppDatabase,
  reads: Pick<PersonReads, 'get'>,
  clock: () => number,
): PersonChanges {
  const query = () => personTable.query(database);
  const { readOne, write } = personTable;

  const update = async (id: string, change: PersonChange): Promise<PersonRecord | undefined> => {
    const columns = write(change);
    if (Object.keys(columns).length === 0) return reads.get(id);
    const updated = query().updateTable('people').set(columns).where('id', '=', id).where('removed_at', 'is', null);
    return readOne(updated.returningAll());
  };

  return {
    update,
    async connectTelegram(id, telegramId) {
      await query()
        .updateTable('people')
        .set(write({ telegramId: null }))
        .where('telegram_id', '=', telegramId)
        .where('removed_at', 'is not', null)
        .execute();
      return update(id, { telegramId });
    },
    async remove(id) {
      const { numUpdatedRows } = await query()
        .updateTable('people')
        .set(write({ removedAt: clock(), preferences: null }))
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async see({ id, seenAt }) {
      const now = clock();
      if (seenAt !== null && now - seenAt < NOTE_SEEN_MS) return;
      const seen = query()
        .updateTable('people')
        .set(write({ seenAt: now }));
      await writeIfPossible(seen.where('id', '=', id).execute());
    },
  };
}
