import { sql } from 'kysely';
import type { AppDatabase } from '../app-database.ts';

/** A table as both databases have it. */
export interface StoredTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its primary key, in their order. */
  readonly key: readonly string[];
}

/** Columns of SQLite that an earlier version wrote, and nothing reads; PostgreSQL never had them. */
const UNUSED: ReadonlySet<string> = new Set(['jobs.idempotency_key']);

/** The tables of a SQLite database, each after the tables that it references. The index of words is derived, and not among them. */
export async function readCatalogue(sqlite: AppDatabase): Promise<StoredTable[]> {
  const db = sqlite.tables();
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`.execute(db);
  const tables = new Map<string, StoredTable>();
  const parents = new Map<string, string[]>();
  for (const { name } of rows) {
    tables.set(name, await readTable(sqlite, name));
    const references = await sql<{ parent: string }>`
      SELECT DISTINCT "table" AS parent FROM pragma_foreign_key_list(${name})`.execute(db);
    parents.set(
      name,
      references.rows.map(({ parent }) => parent).filter((parent) => parent !== name),
    );
  }
  return parentsFirst([...tables.keys()], parents).flatMap((name) => tables.get(name) ?? []);
}

/** @throws when PostgreSQL has other columns than these: some values would be lost. Derived columns do not count. */
export async function requireSameColumns(postgres: AppDatabase, tables: readonly StoredTable[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_generated = 'NEVER' AND table_name <> 'schema_version'`.execute(
    postgres.tables(),
  );
  const found = new Set(rows.map(({ name }) => name));
  const expected = new Set(tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`)));
  const different = [...found, ...expected].filter((name) => !found.has(name) || !expected.has(name));
  if (different.length > 0) throw new Error(`the databases have different columns: ${different.join(', ')}`);
}

async function readTable(sqlite: AppDatabase, name: string): Promise<StoredTable> {
  const { rows } = await sql<{ name: string; pk: number }>`
    SELECT name, pk FROM pragma_table_info(${name}) ORDER BY cid`.execute(sqlite.tables());
  const key = rows.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  if (key.length === 0) throw new Error(`table ${name} has no primary key`);
  const columns = rows.map((column) => column.name).filter((column) => !UNUSED.has(`${name}.${column}`));
  return { name, columns, key: key.map((column) => column.name) };
}

function parentsFirst(names: readonly string[], parents: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const parent of parents.get(name) ?? []) if (!ordered.has(parent)) add(parent);
    ordered.add(name);
  };
  names.forEach(add);
  return [...ordered];
}
