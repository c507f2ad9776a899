import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createStatementNames } from '../../src/database/statement-names.ts';

describe('the name of a statement', () => {
  test('comes with its sixth use, and stays', () => {
    const names = createStatementNames();
    const used = Array.from({ length: 8 }, () => names.nameOf('SELECT $1'));
    expect(used.slice(0, 5)).toEqual(Array(5).fill(undefined));
    expect(new Set(used.slice(5))).toEqual(new Set(['linkcast_1']));
    expect(names.nameOf('SELECT $1, 2')).toBeUndefined();
  });

  test('is given to a limited number of statements', () => {
    const names = createStatementNames();
    const given = new Set<string | undefined>();
    for (let number = 0; number < 300; number += 1)
      for (let use = 0; use < 6; use += 1) given.add(names.nameOf(`SELECT $1, ${number}`));
    given.delete(undefined);
    expect(given.size).toBe(200);
    expect(names.nameOf('SELECT $1, 0')).toBe('linkcast_1');
  });

  test('is not given to rare statements, however many there are', () => {
    const names = createStatementNames();
    for (let number = 0; number < 5000; number += 1) expect(names.nameOf(`SELECT $1, ${number}`)).toBeUndefined();
  });
});

describe('on a server', () => {
  let server: PostgresServer;
  let database: AppDatabase;
  beforeAll(async () => {
    server = await startPostgres();
    database = await openAppDatabase(await server.createDatabase());
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });
  const addTwo = async (value: number): Promise<number | undefined> =>
    (await sql<{ sum: number }>`SELECT ${value}::int + 2 AS sum`.execute(database.tables())).rows[0]?.sum;
  const prepared = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM pg_prepared_statements WHERE statement LIKE '%+ 2 AS sum'`.execute(
      database.tables(),
    );
    return rows[0]?.count ?? 0;
  };
  const useOften = () =>
    database.transaction(async () => {
      for (let value = 0; value < 10; value += 1) expect(await addTwo(value)).toBe(value + 2);
      return prepared();
    });

  test('a statement that repeats: is prepared once', async () => {
    expect(await useOften()).toBe(1);
  });

  test('after a restart of the server: is prepared again', async () => {
    await server.kill();
    await server.start();
    await database.check().catch(() => undefined); // the idle connection is lost
    expect(await useOften()).toBe(1);
  });
});
