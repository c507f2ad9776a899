import { sql, type RawBuilder } from 'kysely';
import type { AppDatabase } from '../app-database.ts';
import type { StoredTable } from './table-catalogue.ts';
import type { StoredRow } from './table-digest.ts';

const ROWS_PER_BATCH = 500;

/** Reads all rows of a table in batches, in the order of the primary key. */
export async function* readRows(
  database: AppDatabase,
  table: StoredTable,
  rowsPerBatch = ROWS_PER_BATCH,
): AsyncGenerator<readonly StoredRow[]> {
  const { name, columns, key } = table;
  let last: StoredRow | undefined;
  for (;;) {
    const after: RawBuilder<unknown> = last
      ? sql`WHERE (${references(key)}) > (${sql.join(key.map((column) => last?.[column]))})`
      : sql``;
    const { rows } = await sql<StoredRow>`
      SELECT ${references(columns)} FROM ${sql.table(name)} ${after}
      ORDER BY ${references(key)} LIMIT ${rowsPerBatch}`.execute(database.tables());
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerBatch) return;
    last = rows.at(-1);
  }
}

/** Lets a transaction of PostgreSQL see one state of all tables, whatever others write meanwhile; SQLite's always does. */
export async function freeze(source: AppDatabase): Promise<void> {
  if (source.kind !== 'postgres') return;
  await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`.execute(source.tables());
}

/** Adds rows with all their values, those of the numbered columns among them. */
export async function insertRows(database: AppDatabase, table: StoredTable, rows: readonly StoredRow[]): Promise<void> {
  const tuples = rows.map((row) => sql`(${sql.join(table.columns.map((column) => row[column]))})`);
  await sql`
    INSERT INTO ${sql.table(table.name)} (${references(table.columns)}) VALUES ${sql.join(tuples)}`.execute(
    database.tables(),
  );
}

export async function hasRows(database: AppDatabase, { name }: StoredTable): Promise<boolean> {
  const { rows } = await sql`SELECT 1 AS one FROM ${sql.table(name)} LIMIT 1`.execute(database.tables());
  return rows.length > 0;
}

function references(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
