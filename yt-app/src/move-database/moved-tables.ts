import type { MovedTable } from '../database/move/move-database.ts';

const DIGITS = 12;

/** The tables for a terminal, a line each: name, number of rows, beginning of the digest. */
export function renderMovedTables(tables: readonly MovedTable[]): string {
  const width = Math.max(...tables.map(({ name }) => name.length));
  return tables
    .map(({ name, rows, digest }) => `${name.padEnd(width)}  ${String(rows).padStart(8)}  ${digest.slice(0, DIGITS)}`)
    .join('\n');
}
