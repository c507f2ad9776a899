import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '@linkcast/kit';
import { startPostgres } from '@linkcast/testing';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { MIGRATIONS, SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';

/** The number of migrations in version 0.1.0. */
const EARLIER = 9;
const ITEMS = 20;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-interrupted-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test('a process that is killed before any statement, on SQLite: the next start continues, nothing is lost or there twice', async () => {
  const file = path.join(folder, 'yt-app.sqlite');
  makeEarlier(file);
  const images = new Map<string, string>();
  beforeEachStatement(file, () => {
    const image = path.join(folder, String(images.size), 'yt-app.sqlite');
    const digest = copyImage(file, image);
    if (!images.has(digest)) images.set(digest, image); // most statements change nothing on the disk before the commit
  });
  const whole = await openAppDatabase(file);
  const expected = await contentOf(whole);
  await whole.close();
  vi.restoreAllMocks();

  expect(images.size).toBeGreaterThan(MIGRATIONS.length);
  for (const image of images.values()) {
    const database = await openAppDatabase(image);
    expect(await contentOf(database)).toEqual(expected);
    await database.close();
  }
});

test(
  'a connection that is lost before any statement, on PostgreSQL: the next start continues',
  { timeout: 150_000 },
  async () => {
    const server = await startPostgres();
    try {
      const whole = await openAppDatabase(await server.createDatabase());
      const expected = await tablesOf(whole);
      await whole.close();

      const url = await server.createDatabase();
      let losses = 0;
      let [number, version] = [0, 0];
      for (;;) {
        const lost = loseConnectionBefore(number);
        const database = await openAppDatabase(url).catch(() => undefined);
        vi.restoreAllMocks();
        await database?.close();
        if (!lost.hasHappened()) break;
        losses += 1;
        const reached = await versionOf(url);
        number = reached === version ? number + 1 : 0; // each statement of the next migration, from its first one
        version = reached;
      }
      expect(losses).toBeGreaterThan(MIGRATIONS.length * 3);
      const database = await openAppDatabase(url);
      expect(await tablesOf(database)).toEqual(expected);
      await database.close();
    } finally {
      await server.close();
    }
  },
);

/** Makes a database of version 0.1.0 with members, items and jobs. */
function makeEarlier(file: string): void {
  const earlier = openDatabase(file, SQLITE_HISTORY.slice(0, EARLIER));
  earlier.prepare('INSERT INTO members VALUES (?, ?)').run(1001, 'member');
  earlier.prepare('INSERT INTO members VALUES (?, ?)').run(1002, 'owner');
  const addItem = earlier.prepare(
    `INSERT INTO media (id, type, title, title_key, uploader, source_url, source_key, bytes, renditions, state, handling, has_poster, has_file, created_at)
     VALUES (?, 'audio', ?, ?, 'Channel', ?, ?, 5, '[]', 'ready', 'copied', 1, 1, ?)`,
  );
  const addJob = earlier.prepare(
    `INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, created_at) VALUES (?, 'ready', 'audio', ?, ?, 'best', ?, ?)`,
  );
  for (let number = 0; number < ITEMS; number += 1) {
    const id = String(number).padStart(20, 'a');
    const url = `https://example.com/${number}`;
    addItem.run(id, `Song ${number}`, `song ${number}`, url, `example.com/${number}`, number);
    addJob.run(id, url, `example.com/${number}`, id, number);
  }
  earlier.close();
}

/** Calls a function before each statement of a SQLite file. */
function beforeEachStatement(file: string, run: () => void): void {
  const memory = openDatabase(':memory:', []);
  const prototype = Object.getPrototypeOf(memory) as Database;
  memory.close();
  for (const name of ['prepare', 'exec'] as const) {
    const original = Reflect.get(prototype, name) as (this: Database, statement: string) => never;
    vi.spyOn(prototype, name).mockImplementation(function (this: Database, statement: string) {
      if (this.name === file) run();
      return original.call(this, statement);
    });
  }
}

/**
 * Copies what a process that is killed now leaves: the file and its log. Pages in the memory of the process are lost.
 *
 * @returns the digest of the copy.
 */
function copyImage(file: string, image: string): string {
  const digest = createHash('sha256');
  mkdirSync(path.dirname(image), { recursive: true });
  for (const ending of ['', '-wal']) {
    if (!existsSync(file + ending)) continue;
    copyFileSync(file + ending, image + ending);
    digest.update(readFileSync(image + ending)).update(ending);
  }
  return digest.digest('hex');
}

/** Cuts the connection that sends the n-th statement from now on, counted from 0, before it is sent. */
function loseConnectionBefore(number: number): { hasHappened(): boolean } {
  let count = -1;
  const original = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...rest: unknown[]) => unknown;
  const query = function (this: pg.Client, ...rest: unknown[]): unknown {
    count += 1;
    if (count === number)
      (this as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    return original.apply(this, rest);
  };
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(query);
  return { hasHappened: () => count >= number };
}

/** The number of migrations that have been committed; 0 in an empty database. */
async function versionOf(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>('SELECT version FROM schema_version');
    return Number(rows[0]?.version);
  } catch {
    return 0;
  } finally {
    await client.end();
  }
}

async function contentOf(database: AppDatabase): Promise<unknown> {
  return {
    media: await read(database, 'SELECT id, title, title_key, search_text, visibility FROM media ORDER BY id'),
    jobs: await read(database, 'SELECT id, state, host, retries FROM jobs ORDER BY id'),
    people: await read(database, 'SELECT telegram_id, role FROM people WHERE is_console = 0 ORDER BY telegram_id'),
    schema: await read(database, 'SELECT name, sql FROM sqlite_schema ORDER BY name'),
  };
}

async function tablesOf(database: AppDatabase): Promise<unknown> {
  return {
    version: await read(database, 'SELECT version FROM schema_version'),
    columns: await read(
      database,
      `SELECT table_name, column_name, data_type FROM information_schema.columns
       WHERE table_schema = current_schema() ORDER BY table_name, column_name`,
    ),
    indexes: await read(
      database,
      'SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname',
    ),
    people: await read(database, 'SELECT role, is_console FROM people'),
  };
}

async function read(database: AppDatabase, statement: string): Promise<unknown> {
  return (await sql.raw(statement).execute(database.tables())).rows;
}
