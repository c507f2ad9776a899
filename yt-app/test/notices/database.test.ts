import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { createDatabaseSource } from '../../src/notices/sources/database-source.ts';
import { MINUTE_MS, openBoard } from '../fixtures/notice-fixture.ts';

let server: PostgresServer;
let database: AppDatabase;
beforeEach(async () => {
  server = await startPostgres();
  database = await openAppDatabase(await server.createDatabase());
});
afterEach(async () => {
  await database.close();
  await server.close();
});

test('a server that ends for a minute: is a critical notice, which ends when it is back and is stored then', async () => {
  const fixture = await openBoard({ database, sources: () => [createDatabaseSource(database)] });
  expect(await fixture.observe()).toEqual([]);
  await server.kill();
  expect(await fixture.observe(MINUTE_MS)).toEqual([]);
  const keys = await fixture.observe(MINUTE_MS);
  expect(fixture.board.open()).toMatchObject([
    {
      severity: 'critical',
      message: { code: 'database-failing-notice' },
      action: { message: { code: 'do-check-database' } },
    },
  ]);
  expect(await fixture.observe(MINUTE_MS)).toEqual(keys);
  await server.start();
  expect(await fixture.observe(MINUTE_MS)).toEqual([]);
  await server.kill();
  expect(await fixture.observe(MINUTE_MS)).toEqual(keys);
});

test(
  'a database that is slow for five minutes: is a warning; hanging, it becomes critical',
  { timeout: 60_000 },
  async () => {
    let takesMs = 1100;
    const slow = { limitation: undefined, check: () => delay(takesMs).then(() => database.check()) };
    const fixture = await openBoard({ database, sources: () => [createDatabaseSource(slow)] });
    expect(await fixture.observe()).toEqual([]);
    expect(await fixture.observe(4 * MINUTE_MS)).toEqual([]);
    const keys = await fixture.observe(MINUTE_MS);
    expect(fixture.board.open()).toMatchObject([{ severity: 'warning', message: { code: 'database-slow-notice' } }]);
    takesMs = 4500;
    expect(await fixture.observe(MINUTE_MS)).toEqual(keys);
    expect(fixture.board.open()).toMatchObject([
      { severity: 'critical', message: { code: 'database-failing-notice' } },
    ]);
    takesMs = 0;
    expect(await fixture.observe(MINUTE_MS)).toEqual([]);
  },
);
