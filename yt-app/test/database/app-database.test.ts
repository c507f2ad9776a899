import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  beforeEach(async () => {
    database = await openDatabase();
    await sql`CREATE TABLE things (id TEXT PRIMARY KEY)`.execute(query());
  });
  afterEach(() => database.close());

  const query = () => database.tables<{ things: { id: string } }>();
  const add = async (id: string): Promise<void> => {
    await query().insertInto('things').values({ id }).execute();
  };
  const ids = async (): Promise<string[]> => {
    const rows = await query().selectFrom('things').select('id').orderBy('id').execute();
    return rows.map(({ id }) => id);
  };
  const fail = (): Promise<never> => Promise.reject(new Error('failed'));

  /** Starts a transaction that adds `a` and then stays open until the test ends it. Resolves when `a` is added. */
  async function openTransaction() {
    const added = Promise.withResolvers<undefined>();
    const end = Promise.withResolvers<undefined>();
    const ended = database.transaction(async () => {
      await add('a');
      added.resolve(undefined);
      await end.promise;
    });
    ended.catch(() => undefined); // the test checks it
    await added.promise;
    return { end, ended };
  }

  describe('a transaction', () => {
    test('that resolves: has written everything, and gives the result of its function', async () => {
      const result = await database.transaction(async () => {
        await add('a');
        await add('b');
        return ids();
      });
      expect(result).toEqual(['a', 'b']);
      expect(await ids()).toEqual(['a', 'b']);
    });

    test('that throws: writes nothing, and rejects with the error', async () => {
      const failed = database.transaction(async () => {
        await add('a');
        await fail();
      });
      await expect(failed).rejects.toThrow('failed');
      expect(await ids()).toEqual([]);
      await database.transaction(() => add('b'));
      expect(await ids()).toEqual(['b']);
    });

    test('within another one: joins it, and is undone with it', async () => {
      const failed = database.transaction(async () => {
        await database.transaction(() => add('a'));
        await Promise.all([database.transaction(() => add('b')), add('c')]);
        expect(await ids()).toEqual(['a', 'b', 'c']);
        await fail();
      });
      await expect(failed).rejects.toThrow('failed');
      expect(await ids()).toEqual([]);
    });

    test('that is open: a query outside sees nothing of it, and a write outside is not undone with it', async () => {
      const { end, ended } = await openTransaction();
      const seen = ids();
      const written = add('outside');
      await setImmediate(); // they may wait for the transaction, or run beside it
      end.reject(new Error('failed'));
      await expect(ended).rejects.toThrow('failed');
      expect(await seen).not.toContain('a');
      await written;
      expect(await ids()).toEqual(['outside']);
    });

    test('outlived by work that it started: the work runs outside of it', async () => {
      const hasEnded = Promise.withResolvers<undefined>();
      let late = Promise.resolve();
      const failed = database.transaction(async () => {
        late = hasEnded.promise.then(() => database.transaction(() => add('late')));
        await add('a');
        await fail();
      });
      await expect(failed).rejects.toThrow('failed');
      hasEnded.resolve(undefined);
      await late;
      expect(await ids()).toEqual(['late']);
    });
  });

  test('a lock outside of a transaction: is refused', async () => {
    await expect(database.lock('things')).rejects.toThrow('outside of a transaction');
    await database.transaction(() => database.lock('things'));
  });

  describe('the check', () => {
    test('of an open database: resolves', async () => {
      await expect(database.check()).resolves.toBeUndefined();
    });

    test('of a closed database: rejects', async () => {
      await database.close();
      await expect(database.check()).rejects.toThrow();
    });
  });
});
