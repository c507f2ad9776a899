import type { AppDatabase } from '../app-database.ts';
import { MoveRefused } from './move-refused.ts';
import { readCounter, writeCounter } from './number-counter.ts';
import { requireSoleUse } from './sole-use.ts';
import { readCatalogue, requireSameColumns, type StoredTable } from './table-catalogue.ts';
import { createDigestSum, type TableDigest } from './table-digest.ts';
import { freeze, hasRows, insertRows, readRows } from './table-rows.ts';

/** A table that was copied; the digests of source and target are equal. */
export interface MovedTable extends TableDigest {
  readonly name: string;
}

/**
 * Copies every table into an empty database of the other kind, in one transaction of the target, and compares count and digest
 * of each table before it commits. Reads the source in one transaction, and changes nothing in it.
 *
 * @throws {MoveRefused} when a database is in use, or the target has rows.
 * @throws when a digest differs; the target then stays empty.
 */
export async function moveDatabase(source: AppDatabase, target: AppDatabase): Promise<MovedTable[]> {
  await requireSoleUse(source);
  await requireSoleUse(target);
  const [sqlite, postgres] = source.kind === 'sqlite' ? [source, target] : [target, source];
  if (postgres.kind === sqlite.kind) throw new Error('a move needs one database of each kind');
  const tables = await readCatalogue(sqlite);
  await requireSameColumns(postgres, tables);
  return source.transaction(async () => {
    await freeze(source);
    return target.transaction(async () => {
      for (const table of tables) if (await hasRows(target, table)) throw new MoveRefused('not-empty', target.kind);
      return moveTables(tables, source, target);
    });
  });
}

/** Copies the rows of these tables into empty ones, within transactions of both databases, and compares. */
export async function moveTables(
  tables: readonly StoredTable[],
  source: AppDatabase,
  target: AppDatabase,
): Promise<MovedTable[]> {
  const moved: MovedTable[] = [];
  for (const table of tables) moved.push({ name: table.name, ...(await moveTable(table, source, target)) });
  return moved;
}

async function moveTable(table: StoredTable, source: AppDatabase, target: AppDatabase): Promise<TableDigest> {
  const sum = createDigestSum();
  for await (const rows of readRows(source, table)) {
    rows.forEach(sum.add);
    await insertRows(target, table, rows);
  }
  const counter = await readCounter(source, table);
  if (counter !== undefined) await writeCounter(target, table, counter);
  const copied = await digestTable(target, table);
  const read = sum.result();
  if (copied.rows !== read.rows || copied.digest !== read.digest)
    throw new Error(`table ${table.name} differs after the copy: ${read.rows} rows read, ${copied.rows} rows written`);
  return read;
}

/** Counts and digests the rows of a table. */
export async function digestTable(database: AppDatabase, table: StoredTable): Promise<TableDigest> {
  const sum = createDigestSum();
  for await (const rows of readRows(database, table)) rows.forEach(sum.add);
  return sum.result();
}
