import type { AppDatabase } from '../database/app-database.ts';
import { personTable, type PersonRecord } from './person-table.ts';

/** Finds people. Those who were removed are found only where that is said. */
export interface PersonReads {
  get(id: string): Promise<PersonRecord | undefined>;
  byTelegram(telegramId: number): Promise<PersonRecord | undefined>;
  /** The time when the person with this account was removed, in milliseconds since 1970; undefined: nobody was. */
  removalOf(telegramId: number): Promise<number | undefined>;
  /** The owner at the console; undefined before the first start. */
  console(): Promise<PersonRecord | undefined>;
  /** Everybody, in the order in which they came. */
  list(): Promise<PersonRecord[]>;
}

export function createPersonReads(database: AppDatabase): PersonReads {
  const select = () => personTable.query(database).selectFrom('people').selectAll();
  const present = () => select().where('removed_at', 'is', null);
  const { readOne, readAll } = personTable;

  return {
    get: (id) => readOne(present().where('id', '=', id)),
    byTelegram: (telegramId) => readOne(present().where('telegram_id', '=', telegramId)),
    async removalOf(telegramId) {
      const removed = select().where('removed_at', 'is not', null).where('telegram_id', '=', telegramId);
      return (await readOne(removed))?.removedAt ?? undefined;
    },
    console: () => readOne(present().where('is_console', '=', 1)),
    list: () => readAll(present().orderBy('number')),
  };
}
