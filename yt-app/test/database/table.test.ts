import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn } from '../../src/database/table.ts';
import { itemTable } from '../../src/library/items/item-table.ts';
import { jobTable } from '../../src/jobs/job-table.ts';
import { createJobStore } from '../../src/jobs/job-store.ts';
import { audioItem } from '../fixtures/library-items.ts';

let database: ReturnType<typeof openAppDatabase>;
beforeEach(() => {
  database = openAppDatabase(':memory:');
});
afterEach(() => database.close());

const table = createTable('things', {
  id: column('id', z.string()),
  isOpen: flagColumn('open'),
  tags: jsonColumn('tags', z.array(z.string()).nullable()),
  sizeBytes: column('size_bytes', z.number().nullable()),
});

test('a record inserted, replaced and updated: is read back unchanged', () => {
  database.exec('CREATE TABLE things (id TEXT PRIMARY KEY, open INTEGER, tags TEXT, size_bytes INTEGER) STRICT');
  const run = ({ sql, values }: { sql: string; values: object }, more: object = {}) =>
    table.read(database.prepare(`${sql} RETURNING *`).get({ ...values, ...more }));

  const thing = { id: 'a', isOpen: true, tags: ['x', "y'"], sizeBytes: 5 };
  expect(run(table.insert(thing))).toEqual(thing);
  const replaced = { id: 'a', isOpen: false, tags: null, sizeBytes: null };
  expect(run(table.upsert(replaced, 'id'))).toEqual(replaced);
  expect(run(table.update({ sizeBytes: 7 }, 'id = @key'), { key: 'a' })).toEqual({ ...replaced, sizeBytes: 7 });
});

test('a value that does not fit its column: is refused', () => {
  expect(() => table.read({ id: 1, open: 1, tags: null, size_bytes: null })).toThrow();
  expect(() => table.read({ id: 'a', open: 1, tags: '[1]', size_bytes: null })).toThrow();
  expect(() => table.read({ id: 'a', open: 1, tags: null })).toThrow();
});

test('the columns of jobs and items: are those that the migrations made', () => {
  const job = createJobStore(database).insert({
    ...{ id: 'a', type: 'video', url: 'u', sourceKey: 'k', quality: 'best', mediaId: 'm', createdAt: 1 },
  });
  // idempotency_key: of an earlier version, always null.
  expect(columnsOf('jobs')).toEqual([...Object.keys(jobTable.insert(job).values), 'idempotency_key'].sort());
  // number and aired_at are written by the full-text index and by the station.
  expect(columnsOf('media')).toEqual(
    [...Object.keys(itemTable.upsert(audioItem(1)).values), 'aired_at', 'number'].sort(),
  );
});

function columnsOf(name: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(name);
}
