import Database from 'better-sqlite3';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/files/database.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const FIRST = 'CREATE TABLE job (id TEXT PRIMARY KEY) STRICT';
const SECOND = "ALTER TABLE job ADD COLUMN state TEXT NOT NULL DEFAULT 'queued'";

describe('openDatabase', () => {
  it('a new file: is made with its folder, and opened in the safe modes', async () => {
    const database = openDatabase(path.join(await temporaryFolder(), 'state/app.sqlite'), [FIRST]);
    const pragma = (name: string): unknown => database.pragma(name, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'trusted_schema'].map(pragma)).toEqual([
      'wal',
      2,
      1,
      5000,
      0,
    ]);
    expect(pragma('user_version')).toBe(1);
    database.close();
  });

  it('a file of an older version: keeps its rows and is migrated', async () => {
    const file = path.join(await temporaryFolder(), 'app.sqlite');
    const old = openDatabase(file, [FIRST]);
    old.exec("INSERT INTO job VALUES ('a')");
    old.close();

    const database = openDatabase(file, [FIRST, SECOND]);
    expect(database.prepare('SELECT * FROM job').all()).toEqual([{ id: 'a', state: 'queued' }]);
    database.close();
  });

  it('a failing migration: leaves the earlier version', async () => {
    const file = path.join(await temporaryFolder(), 'app.sqlite');
    expect(() => openDatabase(file, [FIRST, 'CREATE TABLE other (id); BROKEN'])).toThrow('syntax error');

    const database = openDatabase(file, [FIRST]);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(['job']);
    database.close();
  });

  it('a file of a newer version: is refused and left unchanged', async () => {
    const file = path.join(await temporaryFolder(), 'app.sqlite');
    openDatabase(file, [FIRST, SECOND]).close();
    expect(() => openDatabase(file, [FIRST])).toThrow('it is older than the data');
    expect(new Database(file, { readonly: true }).pragma('user_version', { simple: true })).toBe(2);
  });

  it('a file that is no database: is refused', async () => {
    const file = path.join(await temporaryFolder(), 'app.sqlite');
    await writeFile(file, 'this is no database at all, but a long enough text');
    expect(() => openDatabase(file, [FIRST])).toThrow('not a database');
  });

  it('a damaged file: is refused', async () => {
    const file = path.join(await temporaryFolder(), 'app.sqlite');
    const database = openDatabase(file, [FIRST]);
    for (let row = 0; row < 2000; row += 1)
      database.prepare('INSERT INTO job VALUES (?)').run(`job ${row}`.padEnd(100));
    database.close();
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0x55, 4096 * 3, 4096 * 6));
    expect(() => openDatabase(file, [FIRST])).toThrow(/damaged|malformed/);
  });

  it('a database in memory: is opened and migrated', () => {
    const database = openDatabase(':memory:', [FIRST]);
    expect(database.prepare('SELECT count(*) FROM job').pluck().get()).toBe(0);
    database.close();
  });
});
