import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type SqlRowOf } from '../../src/database/table.ts';
import { itemTable } from '../../src/library/items/item-table.ts';
import { jobTable } from '../../src/jobs/job-table.ts';
import { audioItem } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

let database: AppDatabase;
beforeEach(async () => {
  database = await openAppDatabase(':memory:');
});
afterEach(() => database.close());

const columns = {
  id: column('id', z.string()),
  isOpen: flagColumn('open'),
  tags: jsonColumn('tags', z.array(z.string()).nullable()),
  sizeBytes: column('size_bytes', z.number().nullable()),
};
const table = createTable(columns);

test('a record inserted, replaced and updated: is read back unchanged', async () => {
  await sql`CREATE TABLE things (id TEXT PRIMARY KEY, open INTEGER, tags TEXT, size_bytes INTEGER) STRICT`.execute(
    database.tables(),
  );
  const query = () => database.tables<{ things: SqlRowOf<typeof columns> }>();
  const stored = async () => table.read(await query().selectFrom('things').selectAll().executeTakeFirst());

  const thing = { id: 'a', isOpen: true, tags: ['x', "y'"], sizeBytes: 5 };
  await query().insertInto('things').values(table.writeNew(thing)).execute();
  expect(await stored()).toEqual(thing);
  const replaced = { id: 'a', isOpen: false, tags: null, sizeBytes: null };
  await query().updateTable('things').set(table.write(replaced)).execute();
  expect(await stored()).toEqual(replaced);
  await query()
    .updateTable('things')
    .set(table.write({ sizeBytes: 7 }))
    .execute();
  expect(await stored()).toEqual({ ...replaced, sizeBytes: 7 });
});

test('some values of a record: are written by the names of their columns, without the other columns', () => {
  expect(table.write({ isOpen: true, tags: [] })).toEqual({ open: 1, tags: '[]' });
  expect(table.writeNew({ id: 'a', tags: null })).toEqual({ id: 'a', tags: null });
});

test('a value that has no column: is not written', () => {
  const wider = { id: 'a', isInLibrary: true };
  expect(table.write(wider)).toEqual({ id: 'a' });
});

test('a value that does not fit its column: is refused', () => {
  expect(() => table.read({ id: 1, open: 1, tags: null, size_bytes: null })).toThrow();
  expect(() => table.read({ id: 'a', open: 1, tags: '[1]', size_bytes: null })).toThrow();
  expect(() => table.read({ id: 'a', open: 1, tags: null })).toThrow();
});

test('the columns of jobs and items: are those that the migrations made', async () => {
  const job = await storesOf(database).jobs.insert({
    ...{
      id: 'a',
      type: 'video',
      url: 'https://example.com/',
      sourceKey: 'k',
      quality: 'best',
      mediaId: 'm',
      createdAt: 1,
    },
  });
  // idempotency_key: of an earlier version, always null.
  expect(await columnsOf('jobs')).toEqual([...Object.keys(jobTable.write(job)), 'idempotency_key'].sort());
  // number, aired_at, checked_at and decoded_at are written by the index of words, the station, the scrub and the decoding.
  expect(await columnsOf('media')).toEqual(
    [...Object.keys(itemTable.write(audioItem(1))), 'aired_at', 'checked_at', 'decoded_at', 'number'].sort(),
  );
});

async function columnsOf(name: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info(${name}) ORDER BY name`.execute(
    database.tables(),
  );
  return rows.map((row) => row.name);
}
