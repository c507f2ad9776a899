import { problemTypes } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

const Row = z
  .object({ list_id: z.string(), person_id: z.string(), title: z.string(), code: z.enum(problemTypes) })
  .transform(({ list_id: listId, person_id: personId, title, code }) => ({ listId, personId, title, code }));

/** A followed list that was paused by itself, until its person has the message about it. Ids are of yt-app. */
export type GivenUpList = z.infer<typeof Row>;

/** The lists that were paused by themselves, in the database: one is noted in the transaction of the event cursor. */
export function createGivenUpStore(database: Database) {
  return {
    note: ({ listId, personId, title, code }: GivenUpList): void =>
      void database
        .prepare('INSERT OR REPLACE INTO given_up_lists (list_id, person_id, title, code) VALUES (?, ?, ?, ?)')
        .run(listId, personId, title, code),
    pending: (): GivenUpList[] =>
      database
        .prepare('SELECT * FROM given_up_lists ORDER BY list_id')
        .all()
        .map((row) => Row.parse(row)),
    remove: (listId: string): void => void database.prepare('DELETE FROM given_up_lists WHERE list_id = ?').run(listId),
  };
}

export type GivenUpStore = ReturnType<typeof createGivenUpStore>;
