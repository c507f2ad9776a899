import { sql } from 'kysely';
import type { AppDatabase } from '../app-database.ts';
import type { StoredTable } from './table-catalogue.ts';

/**
 * The highest number that a table has given to a row, also to one that was deleted since.
 *
 * @returns undefined when the table numbers no rows, or none yet.
 */
export async function readCounter(database: AppDatabase, table: StoredTable): Promise<number | undefined> {
  return database.kind === 'sqlite' ? readSqliteCounter(database, table) : readPostgresCounter(database, table);
}

async function readPostgresCounter(database: AppDatabase, { name }: StoredTable): Promise<number | undefined> {
  const sequence = await sequenceOf(database, name);
  if (sequence === undefined) return undefined;
  const { rows } = await sql<{ last: number; used: boolean }>`
    SELECT last_value AS last, is_called AS used FROM ${sql.raw(sequence)}`.execute(database.tables());
  return rows[0]?.used === true ? rows[0].last : undefined;
}

/** SQLite numbers rows of a table also without a sequence, above the highest that there is. */
async function readSqliteCounter(database: AppDatabase, { name, key }: StoredTable): Promise<number | undefined> {
  const { rows } = await sql<{ given: unknown; highest: unknown }>`
    SELECT (SELECT seq FROM sqlite_sequence WHERE name = ${name}) AS given,
      (SELECT max(${sql.ref(key[0] ?? '')}) FROM ${sql.table(name)}) AS highest`.execute(database.tables());
  const numbers = [rows[0]?.given, rows[0]?.highest].filter((each) => typeof each === 'number');
  const counter = Math.max(0, ...numbers);
  return counter > 0 ? counter : undefined;
}

/** Lets the table number its next row above this one. Call it after its rows were added. */
export async function writeCounter(database: AppDatabase, { name }: StoredTable, counter: number): Promise<void> {
  if (database.kind === 'sqlite') {
    await sql`DELETE FROM sqlite_sequence WHERE name = ${name}`.execute(database.tables());
    await sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${name}, ${counter})`.execute(database.tables());
    return;
  }
  const sequence = await sequenceOf(database, name);
  if (sequence !== undefined) await sql`SELECT setval(${sequence}::regclass, ${counter})`.execute(database.tables());
}

/** The quoted name of the sequence of a table's identity column. */
async function sequenceOf(database: AppDatabase, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ sequence: string }>`
    SELECT pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ${name} AND is_identity = 'YES'`.execute(database.tables());
  return rows[0]?.sequence;
}
