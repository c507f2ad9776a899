import { sql } from 'kysely';
import type { AppDatabase } from '../app-database.ts';
import { moveTables, type MovedTable } from './move-database.ts';
import { requireSoleUse } from './sole-use.ts';
import { readCatalogue, requireSameColumns } from './table-catalogue.ts';

/**
 * Replaces all rows of a PostgreSQL database with those of a SQLite database, in one transaction that ends with a comparison of
 * count and digest of each table.
 *
 * @throws {MoveRefused} in-use.
 * @throws when a digest differs; the rows are then the earlier ones.
 */
export async function replaceRows(postgres: AppDatabase, sqlite: AppDatabase): Promise<MovedTable[]> {
  await requireSoleUse(postgres);
  const tables = await readCatalogue(sqlite);
  await requireSameColumns(postgres, tables);
  return sqlite.transaction(() =>
    postgres.transaction(async () => {
      const names = sql.join(tables.map(({ name }) => sql.table(name)));
      await sql`TRUNCATE ${names} RESTART IDENTITY`.execute(postgres.tables());
      return moveTables(tables, sqlite, postgres);
    }),
  );
}
