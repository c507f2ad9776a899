import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';

let server: PostgresServer;
let database: AppDatabase;
/** The same database, in another process. */
let other: AppDatabase;
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  database = await openAppDatabase(url);
  other = await openAppDatabase(url);
});
afterAll(async () => {
  await Promise.all([database.close(), other.close()]);
  await server.close();
});

const locksHeld = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND granted`.execute(database.tables());
  return rows[0]?.count ?? 0;
};

test('a lock that is not got in time: the next query fails for that reason, and the connection is used again', async () => {
  await database.transaction(async () => {
    await database.lock('the same');
    expect(await locksHeld()).toBe(1);
    const late = other.transaction(async () => {
      await sql`SET LOCAL lock_timeout = '100ms'`.execute(other.tables());
      await other.lock('the same');
      await other.check();
    });
    await expect(late).rejects.toMatchObject({ code: '55P03' });
  });
  expect(await locksHeld()).toBe(0);
  await other.transaction(() => other.lock('the same').then(() => other.check()));
});

test('a transaction without a query: is begun and ended', async () => {
  await database.transaction(() => Promise.resolve());
  await expect(database.transaction(() => Promise.reject(new Error('undone')))).rejects.toThrow('undone');
  await database.transaction(() => database.lock('alone'));
  expect(await locksHeld()).toBe(0);
});

test('several locks before one query: all are held when it answers', async () => {
  const held = await database.transaction(async () => {
    for (const name of ['one', 'two', 'three']) await database.lock(name);
    return locksHeld();
  });
  expect(held).toBe(3);
});

test('a statement that is sent ahead and fails: the commit fails for its reason, and nothing of the transaction is kept', async () => {
  const query = database.tables<{ sent: { number: number } }>();
  await sql`CREATE TABLE sent (number bigint UNIQUE)`.execute(query);
  const twice = database.transaction(async () => {
    await database.write(database.tables<{ sent: { number: number } }>().insertInto('sent').values({ number: 1 }));
    await database.write(database.tables<{ sent: { number: number } }>().insertInto('sent').values({ number: 1 }));
  });
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  expect(await query.selectFrom('sent').selectAll().execute()).toEqual([]);
  await database.transaction(() => database.write(query.insertInto('sent').values({ number: 2 })));
  expect(await query.selectFrom('sent').selectAll().execute()).toEqual([{ number: 2 }]);
});
