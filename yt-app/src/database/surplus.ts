import { sql } from 'kysely';
import type { AppDatabase } from './app-database.ts';

/** The rows of a table of which only the newest are kept: all, or those with one value of a column. */
export interface KeptRows {
  readonly table: string;
  /** Null is a value, too. */
  readonly of?: { readonly column: string; readonly value: string | null };
  readonly most: number;
}

/** Deletes the oldest rows, by `number`, until no more than the most are left. */
export async function deleteSurplus(database: AppDatabase, { table, of, most }: KeptRows): Promise<void> {
  const rows = sql.table(table);
  const group = of ? sql`${sql.ref(of.column)} IS NOT DISTINCT FROM ${of.value}` : sql`TRUE`;
  const newestDeleted = sql`SELECT number FROM ${rows} WHERE ${group} ORDER BY number DESC LIMIT 1 OFFSET ${most}`;
  await sql`DELETE FROM ${rows} WHERE ${group} AND number <= (${newestDeleted})`.execute(database.tables());
}
