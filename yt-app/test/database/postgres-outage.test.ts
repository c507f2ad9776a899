import { startPostgres, startYtApp, until, type PostgresServer, type YtAppProcess } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { DatabaseUnavailable } from '../../src/database/database-unavailable.ts';
import { createRequestQueue } from '../../src/station/request-queue.ts';

let server: PostgresServer;
let ytApp: YtAppProcess;
beforeAll(async () => {
  server = await startPostgres();
  ytApp = await startYtApp({ DATABASE_URL: await server.createDatabase() }, { hasWorker: false });
});
afterAll(async () => {
  await ytApp.close();
  await server.close();
});

const submit = () => ytApp.api.createJob({ url: 'https://example.com/', type: 'video' });

test('a server that ends and is back: calls are answered with 503 meanwhile, and nothing is lost', async () => {
  const { id } = await submit();
  await server.kill();
  await expect(submit()).rejects.toMatchObject({ code: 'database-unavailable', facts: { retryAfterSeconds: 5 } });
  const headers = { authorization: `Bearer ${ytApp.token}` };
  const answer = await fetch(`${ytApp.url}/api/jobs`, { headers });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await fetch(`${ytApp.url}/readyz`)).status).toBe(503);

  await server.start();
  await until(async () => (await submit()).id === id);
});

test('a server that ends within a transaction: the transaction fails as a whole', async () => {
  const database = await openAppDatabase(await server.createDatabase());
  const requests = createRequestQueue(database);
  const failed = database.transaction(async () => {
    await requests.ids();
    await server.kill();
    await requests.ids();
  });
  await expect(failed).rejects.toThrow(DatabaseUnavailable);
  await server.start();
  expect(await requests.ids()).toEqual([]);
  await database.close();
});

test('a server that cannot be reached at the start: opening fails, and the message has no password', async () => {
  const opening = openAppDatabase('postgres://linkcast:very-secret@127.0.0.1:1/linkcast');
  await expect(opening).rejects.toThrow(DatabaseUnavailable);
  await expect(opening).rejects.not.toThrow('very-secret');
});

test('two processes that open a new database at once: both find its tables', async () => {
  const url = await server.createDatabase();
  const databases = await Promise.all([openAppDatabase(url), openAppDatabase(url)]);
  for (const database of databases) expect(await createRequestQueue(database).ids()).toEqual([]);
  await Promise.all(databases.map((database) => database.close()));
});
