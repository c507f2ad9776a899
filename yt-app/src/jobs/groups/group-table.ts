import { MediaType, Quality, Visibility } from '@linkcast/contracts';
import { z } from 'zod';
import type { AppDatabase } from '../../database/app-database.ts';
import { column, createTable, flagColumn, type RecordOf, type SqlRowOf } from '../../database/table.ts';

/** The columns of a parent job. Times are milliseconds since 1970. */
const columns = {
  id: column('id', z.string()),
  /** That of its first child. */
  number: column('number', z.number()),
  /** As `groupState` derives it. It is stored so that parents can be listed by it. */
  state: column('state', z.enum(['queued', 'downloading', 'ready', 'failed', 'cancelled'])),
  isCancelled: flagColumn('is_cancelled'),
  type: column('type', MediaType),
  url: column('url', z.string()),
  sourceKey: column('source_key', z.string()),
  quality: column('quality', Quality),
  title: column('title', z.string().nullable()),
  personId: column('person_id', z.string().nullable()),
  visibility: column('visibility', Visibility),
  createdAt: column('created_at', z.number()),
  /** The collection that the items of the children come into; null: it was deleted. */
  collectionId: column('collection_id', z.string().nullable()),
  /** The place of its first child in the collection, from 1. */
  firstPosition: column('first_position', z.number()),
};

/** A parent job as the database has it. */
export type GroupRow = RecordOf<typeof columns>;

interface GroupTables {
  job_groups: SqlRowOf<typeof columns>;
}

/** Reads and writes rows of parent jobs. */
export const groupTable = {
  ...createTable(columns),
  query: (database: AppDatabase) => database.tables<GroupTables>(),
};
