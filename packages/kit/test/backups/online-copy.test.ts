import Database from 'better-sqlite3';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyDatabase } from '../../src/backups/online-copy.ts';
import { openDatabase } from '../../src/files/database.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const TABLES = ['CREATE TABLE job (id INTEGER PRIMARY KEY) STRICT'];

describe('copyDatabase', () => {
  it('a database in use: the copy has what was committed, and is one file', async () => {
    const folder = await temporaryFolder();
    const source = openDatabase(path.join(folder, 'source.sqlite'), TABLES);
    source.exec('INSERT INTO job VALUES (1), (2)');
    source.exec('BEGIN; INSERT INTO job VALUES (3)');
    const target = path.join(folder, 'copy.sqlite');

    expect(await copyDatabase(source.name, target)).toEqual({ schema: 1, rows: { job: 2 } });
    source.exec('COMMIT');
    source.close();
    const copy = new Database(target, { readonly: true });
    expect(copy.prepare('SELECT id FROM job').pluck().all()).toEqual([1, 2]);
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
    copy.close();
    expect((await readdir(folder)).filter((name) => name.startsWith('copy'))).toEqual(['copy.sqlite']);
  });

  it('a database that nobody uses: is copied, and stays as it is', async () => {
    const folder = await temporaryFolder();
    const source = openDatabase(path.join(folder, 'source.sqlite'), TABLES);
    source.exec('INSERT INTO job VALUES (1)');
    source.close();

    expect((await copyDatabase(source.name, path.join(folder, 'copy.sqlite'))).rows).toEqual({ job: 1 });
    openDatabase(source.name, TABLES).close();
  });

  it('no database: fails, and makes none', async () => {
    const folder = await temporaryFolder();
    await expect(copyDatabase(path.join(folder, 'none.sqlite'), path.join(folder, 'copy.sqlite'))).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});
