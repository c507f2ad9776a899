import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { clearSuspect, DatabaseDamaged, isSuspect } from './database-damage.ts';

/** A file up to this size is checked whole at each start: within a second on a disk that turns. */
const WHOLE_BYTES = 128 * 2 ** 20;
/** Of a larger file, no further table is checked after so much time. Queries find other damage later. */
const LIMIT_MS = 2000;

const FULL_TEXT_INDEXES = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'";
/** Of the full-text indexes, SQLite's findings have no code: `malformed inverted index for FTS5 table …`, `fts5: corrupt …`. */
const INDEX_FINDING = /\bfts5\b/i;

export interface DatabaseCheckOptions {
  readonly file: string;
  /** Called with SQLite's finding when full-text indexes were damaged, and have been rebuilt. */
  readonly onRebuilt: (finding: string) => void;
}

/**
 * Checks the pages of an opened database: of a large file, table by table, and no further table after two seconds. Checks
 * everything when a query has found damage before. Damaged full-text indexes are rebuilt from the rows that they index.
 *
 * @throws {DatabaseDamaged}, or SQLite's own error.
 */
export function checkDatabase(database: Database.Database, options: DatabaseCheckOptions): void {
  const { file } = options;
  if (isSuspect(file)) {
    requireOk(database, options, 'integrity_check(1)');
    clearSuspect(file);
  } else if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= WHOLE_BYTES) {
    requireOk(database, options, 'quick_check(1)');
  } else {
    checkTables(database, options);
  }
}

function checkTables(database: Database.Database, options: DatabaseCheckOptions): void {
  const endsAt = performance.now() + LIMIT_MS;
  const tables = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of tables) {
    if (performance.now() > endsAt) return;
    requireOk(database, options, `quick_check("${table}")`);
  }
}

function requireOk(database: Database.Database, { file, onRebuilt }: DatabaseCheckOptions, check: string): void {
  const find = (): string => String(database.pragma(check, { simple: true }));
  const finding = find();
  if (finding === 'ok') return;
  if (!INDEX_FINDING.test(finding)) throw new DatabaseDamaged(file, finding);
  rebuildIndexes(database);
  const remaining = find();
  if (remaining !== 'ok') throw new DatabaseDamaged(file, remaining);
  onRebuilt(finding);
}

function rebuildIndexes(database: Database.Database): void {
  const indexes = database.prepare<[], string>(FULL_TEXT_INDEXES).pluck().all();
  for (const index of indexes) database.exec(`INSERT INTO "${index}" ("${index}") VALUES ('rebuild')`);
}
