import { Problem } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { randomId } from '../random-id.ts';
import { createPersonChanges, type PersonChanges } from './person-changes.ts';
import { createPersonReads, type PersonReads } from './person-reads.ts';
import { personTable, type PersonRecord } from './person-table.ts';

/** The facts of a new person. */
export type NewPerson = Pick<PersonRecord, 'name' | 'role' | 'telegramId' | 'invitedBy'>;

/** Finds and changes people. */
export interface PersonStore extends PersonReads, PersonChanges {
  /**
   * Runs a function in one transaction, in which the person cannot be removed: what it adds ends with the person.
   *
   * @throws {Problem} not-invited, when the person is not in.
   */
  whilePresent<Result>(id: string, run: () => Promise<Result>): Promise<Result>;
  /** The owner at the console, who cannot be removed; made when they are needed first. */
  atConsole(): Promise<PersonRecord>;
  /**
   * Adds a person. One who was removed and has this Telegram account comes back as the same person, and keeps their name when
   * there is no new one.
   */
  add(person: NewPerson): Promise<PersonRecord>;
}

/** Held by whoever lets people in or removes them, and by whoever makes access for one: a session, a key, a share, an invitation. */
export const PEOPLE_LOCK = 'people';

export function createPersonStore(database: AppDatabase, clock: () => number = Date.now): PersonStore {
  const query = () => personTable.query(database);
  const reads = createPersonReads(database);
  const { readOne, write, writeNew } = personTable;

  const insert = async (person: NewPerson & Partial<Pick<PersonRecord, 'isConsole'>>): Promise<PersonRecord> => {
    const values = writeNew({ id: randomId(), ...person, createdAt: clock() });
    return personTable.read(await query().insertInto('people').values(values).returningAll().executeTakeFirstOrThrow());
  };

  return {
    ...reads,
    ...createPersonChanges(database, reads, clock),
    whilePresent: (id, run) =>
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        if (!(await reads.get(id))) throw new Problem('not-invited');
        return run();
      }),
    atConsole: async () =>
      (await reads.console()) ??
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        const owner = { name: null, role: 'owner', telegramId: null, invitedBy: null, isConsole: true } as const;
        return (await reads.console()) ?? insert(owner);
      }),
    async add(person) {
      const { telegramId, name, ...facts } = person;
      if (telegramId === null) return insert(person);
      const back = query()
        .updateTable('people')
        .set(write({ ...facts, ...(name === null ? {} : { name }), removedAt: null }))
        .where('telegram_id', '=', telegramId)
        .where('removed_at', 'is not', null)
        .returningAll();
      return (await readOne(back)) ?? insert(person);
    },
  };
}
