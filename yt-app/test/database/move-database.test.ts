import { startPostgres, type PostgresServer } from '@linkcast/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MediaQuery } from '@linkcast/contracts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { digestTable, moveDatabase } from '../../src/database/move/move-database.ts';
import { readCatalogue, type StoredTable } from '../../src/database/move/table-catalogue.ts';
import { createDigestSum } from '../../src/database/move/table-digest.ts';
import { hasRows } from '../../src/database/move/table-rows.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let server: PostgresServer;
let directory: string;
let opened: AppDatabase[];

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-move-'));
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
  await rm(directory, { recursive: true });
});

async function open(location: string): Promise<AppDatabase> {
  const database = await openAppDatabase(location);
  opened.push(database);
  return database;
}
const fileOf = (name: string): string => path.join(directory, name);

/** Puts two rows into every table: values of all types, found out from the table itself. */
async function fill(database: AppDatabase, tables: readonly StoredTable[]): Promise<void> {
  for (const number of [1, 2]) {
    await storesOf(database).items.save(audioItem(number, { title: `Ünïcode "${number}" 한글 \\ '` }));
    await sql`INSERT INTO jobs (number, id, state, type, url, source_key, quality, media_id, created_at)
      VALUES (${number * 100}, ${`job${number}`}, 'queued', 'video', 'u', 'k', 'best', ${mediaId(number)}, ${2 ** 50 + number})`.execute(
      database.tables(),
    );
  }
  for (const table of tables) if (!(await hasRows(database, table))) await fillTable(database, table);
}

interface Column {
  readonly name: string;
  readonly type: string;
}

async function fillTable(database: AppDatabase, { name }: StoredTable): Promise<void> {
  const { rows } = await sql<Column>`SELECT name, type FROM pragma_table_info(${name})`.execute(database.tables());
  const { rows: made } = await sql<{ sql: string }>`SELECT sql FROM sqlite_schema WHERE name = ${name}`.execute(
    database.tables(),
  );
  const { rows: keys } = await sql<{ from: string; table: string; to: string | null }>`
    SELECT "from", "table", "to" FROM pragma_foreign_key_list(${name})`.execute(database.tables());
  const values = rows.map((column) => {
    const key = keys.find(({ from }) => from === column.name);
    if (key) return sql`(SELECT ${sql.ref(key.to ?? 'id')} FROM ${sql.table(key.table)} LIMIT 1)`;
    const [, allowed] =
      new RegExp(`\\b${column.name}\\b[^,]*?CHECK \\(${column.name} IN \\('([^']+)'`).exec(made[0]?.sql ?? '') ?? [];
    if (allowed !== undefined) return sql`${allowed}`;
    if (/INT/i.test(column.type)) return sql`1`;
    if (/BLOB|BYTEA/i.test(column.type)) return sql`${Buffer.from([0, 255, 1, 39, 92])}`;
    return /REAL|DOUBLE/i.test(column.type) ? sql`0.1` : sql`${'text of é 漢 \n\\'}`;
  });
  const columns = rows.map((column) => sql.ref(column.name));
  await sql`INSERT INTO ${sql.table(name)} (${sql.join(columns)}) VALUES (${sql.join(values)})`.execute(
    database.tables(),
  );
}

const digests = (database: AppDatabase, tables: readonly StoredTable[]) =>
  Promise.all(tables.map(async (table) => ({ name: table.name, ...(await digestTable(database, table)) })));
const search = async (database: AppDatabase) =>
  (await storesOf(database).items.list(MediaQuery.parse({ q: 'unicode 한' }), 'everything')).records.map(
    ({ id }) => id,
  );
const nextJob = async (database: AppDatabase) => {
  const { rows } = await sql<{ number: number }>`
    INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, created_at)
    VALUES ('next', 'queued', 'video', 'u', 'k', 'best', 'm', 1) RETURNING number`.execute(database.tables());
  return rows[0]?.number;
};

test(
  'there and back with every table filled: equal digests, the search works, numbers continue',
  { timeout: 60_000 },
  async () => {
    const source = await open(fileOf('source.sqlite'));
    const tables = await readCatalogue(source);
    await fill(source, tables);
    await sql`DELETE FROM jobs WHERE number = 200`.execute(source.tables()); // its number is not given again
    const before = await digests(source, tables);
    expect(before.filter(({ rows }) => rows === 0)).toEqual([]);

    const postgres = await open(await server.createDatabase());
    expect(await moveDatabase(source, postgres)).toEqual(before);
    expect(await digests(source, tables)).toEqual(before);
    expect(await search(postgres)).toEqual([mediaId(2), mediaId(1)]);

    const back = await open(fileOf('back.sqlite'));
    expect(await moveDatabase(postgres, back)).toEqual(before);
    expect(await search(back)).toEqual([mediaId(2), mediaId(1)]);
    expect([await nextJob(back), await nextJob(postgres)]).toEqual([201, 201]);
    for (const database of [back, postgres]) await storesOf(database).items.save(audioItem(3));
  },
);

test('tables that never had a row: are moved, and number their first row', { timeout: 30_000 }, async () => {
  const source = await open(fileOf('source.sqlite'));
  await storesOf(source).items.save(audioItem(1));
  const postgres = await open(await server.createDatabase());
  await moveDatabase(source, postgres);
  const back = await open(fileOf('back.sqlite'));
  await moveDatabase(postgres, back);
  expect([await nextJob(back), await nextJob(postgres)]).toEqual([1, 1]);
  for (const database of [back, postgres]) await storesOf(database).items.save(audioItem(2));
});

test('a target with a row: is refused, and nothing is copied', async () => {
  const source = await open(fileOf('source.sqlite'));
  await storesOf(source).items.save(audioItem(1));
  const target = await open(await server.createDatabase());
  await storesOf(target).items.save(audioItem(2));
  await expect(moveDatabase(source, target)).rejects.toMatchObject({ reason: 'not-empty', kind: 'postgres' });
  expect(await storesOf(target).items.ids()).toEqual([mediaId(2)]);
});

test('a database that another process uses: is refused, on both sides', { timeout: 30_000 }, async () => {
  const source = await open(fileOf('source.sqlite'));
  const url = await server.createDatabase();
  const target = await open(url);
  const other = await open(url);
  await other.check();
  await expect(moveDatabase(source, target)).rejects.toMatchObject({ reason: 'in-use', kind: 'postgres' });
  const sameFile = await open(fileOf('source.sqlite'));
  await sameFile.check();
  await expect(moveDatabase(source, target)).rejects.toMatchObject({ reason: 'in-use', kind: 'sqlite' });
});

test('a copy that fails in the middle: leaves the target empty', async () => {
  const source = await open(fileOf('source.sqlite'));
  for (const number of [1, 2]) await storesOf(source).items.save(audioItem(number));
  const target = await open(await server.createDatabase());
  await sql`ALTER TABLE media ADD CHECK (title <> 'Track 2')`.execute(target.tables());
  await expect(moveDatabase(source, target)).rejects.toThrow();
  expect(await storesOf(target).items.ids()).toEqual([]);
});

test('a value that changes on the way: the digest differs; another order of rows: it is the same', () => {
  const digestOf = (...rows: Record<string, unknown>[]): string => {
    const sum = createDigestSum();
    rows.forEach(sum.add);
    return sum.result().digest;
  };
  const rows = [
    { a: 1, b: null },
    { a: 2, b: Buffer.from('x') },
  ] as const;
  expect(digestOf(rows[1], rows[0])).toBe(digestOf(...rows));
  expect(digestOf({ a: true })).toBe(digestOf({ a: 1n }));
  for (const changed of [{ a: '1', b: null }, { a: 1, b: '' }, { a: 1, b: 0 }, { a: 1 }])
    expect(digestOf(changed)).not.toBe(digestOf(rows[0]));
});
