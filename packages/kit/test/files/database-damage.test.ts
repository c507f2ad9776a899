import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/files/database.ts';
import { isDamage, isSuspect, markSuspect, setDatabaseAside } from '../../src/files/database-damage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const TABLE = 'CREATE TABLE job (id TEXT PRIMARY KEY) STRICT';

async function makeDatabase(rows: number): Promise<string> {
  const file = path.join(await temporaryFolder(), 'app.sqlite');
  const database = openDatabase(file, [TABLE]);
  const insert = database.prepare('INSERT INTO job VALUES (?)');
  database.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(`job ${row}`.padEnd(100));
  })();
  database.close();
  return file;
}
const openError = (file: string): unknown => {
  try {
    openDatabase(file, [TABLE]).close();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('damage', () => {
  it.each([
    ['overwritten pages', (bytes: Buffer) => bytes.fill(0x55, 4096 * 3, 4096 * 6)],
    ['a file that was cut short', (bytes: Buffer) => bytes.subarray(0, 4096 * 5)],
    ['a file that is no database', () => Buffer.from('this is no database at all, but a long enough text')],
  ])('%s: is recognised', async (_, change) => {
    const file = await makeDatabase(2000);
    await writeFile(file, change(await readFile(file)));
    expect(isDamage(openError(file))).toBe(true);
  });

  it('a file of a newer version: is not damage', async () => {
    const file = await makeDatabase(1);
    openDatabase(file, [TABLE, 'CREATE TABLE other (id TEXT) STRICT']).close();
    expect(isDamage(openError(file))).toBe(false);
  });

  it('an index with wrong entries, which the quick check does not see: is recognised after a query has found damage', async () => {
    const file = await makeDatabase(3);
    const database = openDatabase(file, [TABLE]);
    database.unsafeMode();
    database.exec(`CREATE INDEX names ON job (lower(id)); PRAGMA writable_schema = 1;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX names ON job (upper(id))' WHERE name = 'names'`);
    database.close();
    expect(openError(file)).toBe(undefined);
    markSuspect(file);
    expect(isDamage(openError(file))).toBe(true);
    expect(isSuspect(file)).toBe(true);
  });

  it('a suspect file without damage: is opened, and suspect no more', async () => {
    const file = await makeDatabase(3);
    markSuspect(file);
    expect(openError(file)).toBe(undefined);
    expect(isSuspect(file)).toBe(false);
  });

  it.each([
    ['with pages that are missing', 'DELETE FROM words_data WHERE id > 10'],
    ['without its structure', `UPDATE words_data SET block = x'ffffffffffff' WHERE id = 10`],
  ])('a full-text index %s: is rebuilt, and the rows stay', async (_, sql) => {
    const file = await makeDatabase(3);
    const migrations = [TABLE, `CREATE VIRTUAL TABLE words USING fts5 (id, content = 'job')`];
    const database = openDatabase(file, migrations);
    database.exec(`INSERT INTO words (words) VALUES ('rebuild')`);
    database.unsafeMode();
    database.exec(sql);
    database.close();

    const findings: string[] = [];
    const opened = openDatabase(file, migrations, { onRebuilt: (finding) => void findings.push(finding) });
    expect(findings).toEqual([expect.stringContaining('"words"')]);
    expect(opened.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck().all('2')).toEqual([3]);
    opened.close();
  });

  it('set aside: keeps the file and its log under another name', async () => {
    const file = await makeDatabase(3);
    await writeFile(`${file}-wal`, 'log');
    const { size } = await stat(file);
    const name = setDatabaseAside(file, new Date('2026-11-29T12:04:19.123Z'));
    expect(name).toBe('app.sqlite.damaged-2026-11-29T12-04-19Z');
    expect((await readdir(path.dirname(file))).toSorted()).toEqual([name, `${name}-wal`]);
    expect((await stat(path.join(path.dirname(file), name))).size).toBe(size);
  });
});
