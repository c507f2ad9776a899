import { openDatabase, type Database } from '@linkcast/kit';
import { sql } from 'kysely';
import { openAppDatabase, type AppDatabase } from '../app-database.ts';
import { MIGRATIONS, SQLITE_HISTORY } from '../migrations/migrations.ts';
import { readCounter } from './number-counter.ts';
import { readCatalogue, requireSameColumns, type StoredTable } from './table-catalogue.ts';
import { freeze, readRows } from './table-rows.ts';

const ROWS_PER_READ = 2000;
const CACHE_KIB = 65_536;

/**
 * Copies a PostgreSQL database, while it is used, into a new SQLite file: the state of one moment. The file is not on the disk
 * yet when this resolves.
 *
 * @throws when the tables are not of this version.
 */
export async function copyPostgres(postgres: AppDatabase, file: string): Promise<void> {
  const empty = await openAppDatabase(file);
  const tables = await readCatalogue(empty);
  await empty.close();
  const copy = openDatabase(file, SQLITE_HISTORY, { laterVersions: MIGRATIONS.length });
  try {
    tuneForCopy(copy);
    await requireSameColumns(postgres, tables);
    await postgres.transaction(async () => {
      await freeze(postgres);
      copy.exec('BEGIN');
      const restoreIndexes = dropIndexes(copy);
      for (const table of tables) await copyTable(postgres, table, copy);
      restoreIndexes();
      copy.exec('COMMIT');
    });
  } finally {
    copy.close();
  }
}

async function copyTable(postgres: AppDatabase, table: StoredTable, copy: Database): Promise<void> {
  const { name, columns } = table;
  const list = columns.map((column) => `"${column}"`).join(', ');
  const insert = copy.prepare(`INSERT INTO "${name}" (${list}) VALUES (${columns.map(() => '?').join(', ')})`);
  let count = 0;
  for await (const rows of readRows(postgres, table, ROWS_PER_READ)) {
    for (const row of rows) insert.run(columns.map((column) => storedValue(row[column])));
    count += rows.length;
  }
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(name)}`.execute(
    postgres.tables(),
  );
  if (rows[0]?.count !== count) throw new Error(`table ${name} has ${rows[0]?.count} rows, and ${count} were read`);
  const counter = await readCounter(postgres, table);
  if (counter === undefined) return;
  copy.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(name);
  copy.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, counter);
}

function storedValue(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** A copy that is interrupted is not used: nothing is written twice, and nothing is awaited. */
function tuneForCopy(copy: Database): void {
  copy.pragma('journal_mode = OFF');
  copy.pragma('synchronous = OFF');
  copy.pragma(`cache_size = -${CACHE_KIB}`);
}

interface SchemaEntry {
  readonly type: 'index' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

/** The indexes, and that of words, are made at once at the end: row by row takes several times as long. @returns puts them back */
function dropIndexes(copy: Database): () => void {
  const entries = copy
    .prepare<[], SchemaEntry>(
      `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type`,
    )
    .all();
  for (const { type, name } of entries) copy.exec(`DROP ${type} "${name}"`);
  return () => {
    copy.exec(`INSERT INTO media_words (media_words) VALUES ('rebuild')`);
    for (const { sql: statement } of entries) copy.exec(statement);
  };
}
