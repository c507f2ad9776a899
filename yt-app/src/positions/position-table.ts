import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, flagColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';

const columns = {
  personId: column('person_id', z.string()),
  mediaId: column('media_id', z.string()),
  /** Milliseconds from the beginning of the item. */
  positionMs: column('position_ms', z.number()),
  isWatched: flagColumn('is_watched'),
  /** The time at which the position was true, in milliseconds since 1970. */
  updatedAt: column('updated_at', z.number()),
};

/** The playback position of a person in an item. */
export type PositionRecord = RecordOf<typeof columns>;

/** Reads and writes rows of positions. */
export const positionTable = {
  ...createTable(columns),
  query: (database: AppDatabase) => database.tables<{ positions: SqlRowOf<typeof columns>; media: { id: string } }>(),
};
