import type { AppDatabase } from '../database/app-database.ts';
import { randomId } from '../random-id.ts';
import { personTable, type PersonRecord } from './person-table.ts';

/** The facts of a new person. */
export type NewPerson = Pick<PersonRecord, 'name' | 'role' | 'telegramId' | 'invitedBy'>;

/** Fields of a person that change. */
export type PersonChange = Partial<Pick<PersonRecord, 'name' | 'role' | 'language'>>;

/** The people. Those who were removed are found only where that is said. */
export interface PersonStore {
  get(id: string): Promise<PersonRecord | undefined>;
  byTelegram(telegramId: number): Promise<PersonRecord | undefined>;
  /** The owner at the console, who cannot be removed; made when they are needed first. */
  atConsole(): Promise<PersonRecord>;
  /** Everybody, in the order in which they came. */
  list(): Promise<PersonRecord[]>;
  /** Adds a person. One who was removed and has this Telegram account comes back, as the same person. */
  add(person: NewPerson): Promise<PersonRecord>;
  update(id: string, change: PersonChange): Promise<PersonRecord | undefined>;
  /** Marks a person as removed. @returns false when there was none. */
  remove(id: string): Promise<boolean>;
  /** Stores that a person was seen now, once an hour at most. */
  see(person: PersonRecord): Promise<void>;
}

/** Held by whoever lets people in or removes them, and by whoever opens a session because of it. */
export const PEOPLE_LOCK = 'people';

const NOTE_SEEN_MS = 3_600_000;

export function createPersonStore(database: AppDatabase, clock: () => number = Date.now): PersonStore {
  const query = () => personTable.query(database);
  const present = () => query().selectFrom('people').selectAll().where('removed_at', 'is', null);
  const { readOne, readAll, write, writeNew } = personTable;

  const findConsole = () => readOne(present().where('is_console', '=', 1));

  const insert = async (person: NewPerson & Partial<Pick<PersonRecord, 'isConsole'>>): Promise<PersonRecord> => {
    const values = writeNew({ id: randomId(), ...person, createdAt: clock() });
    return personTable.read(await query().insertInto('people').values(values).returningAll().executeTakeFirstOrThrow());
  };

  return {
    get: (id) => readOne(present().where('id', '=', id)),
    byTelegram: (telegramId) => readOne(present().where('telegram_id', '=', telegramId)),
    list: () => readAll(present().orderBy('number')),
    atConsole: async () =>
      (await findConsole()) ??
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        const owner = { name: null, role: 'owner', telegramId: null, invitedBy: null, isConsole: true } as const;
        return (await findConsole()) ?? insert(owner);
      }),
    async add(person) {
      const { telegramId, ...facts } = person;
      if (telegramId === null) return insert(person);
      const back = query()
        .updateTable('people')
        .set(write({ ...facts, removedAt: null }))
        .where('telegram_id', '=', telegramId)
        .where('removed_at', 'is not', null)
        .returningAll();
      return (await readOne(back)) ?? insert(person);
    },
    async update(id, change) {
      const columns = write(change);
      if (Object.keys(columns).length === 0) return readOne(present().where('id', '=', id));
      const update = query().updateTable('people').set(columns).where('id', '=', id).where('removed_at', 'is', null);
      return readOne(update.returningAll());
    },
    async remove(id) {
      const { numUpdatedRows } = await query()
        .updateTable('people')
        .set(write({ removedAt: clock() }))
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async see({ id, seenAt }) {
      const now = clock();
      if (seenAt !== null && now - seenAt < NOTE_SEEN_MS) return;
      await query()
        .updateTable('people')
        .set(write({ seenAt: now }))
        .where('id', '=', id)
        .execute();
    },
  };
}
