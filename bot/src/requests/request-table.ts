import type { Database } from '@linkcast/kit';
import { RequestRow, type MediaRequest } from './media-request.ts';

/** The table of the requests. Conditions and assignments are SQL of ours, their values are bound. */
export interface RequestTable {
  readonly select: (where: string, ...values: unknown[]) => MediaRequest[];
  readonly update: (id: number, assignments: string, ...values: unknown[]) => void;
}

export function createRequestTable(database: Database, now: () => number): RequestTable {
  return {
    select: (where, ...values) =>
      database
        .prepare(`SELECT *, is_told AS is_reported FROM requests WHERE ${where} ORDER BY id`)
        .all(...values)
        .map((row) => RequestRow.parse(row)),
    update: (id, assignments, ...values) =>
      void database
        .prepare(`UPDATE requests SET ${assignments}, changed_at = ? WHERE id = ?`)
        .run(...values, now(), id),
  };
}
