import { Visibility } from '@linkcast/contracts';
import { z } from 'zod';
import type { AppDatabase } from '../../database/app-database.ts';
import { column, createTable, type RecordOf, type SqlRowOf } from '../../database/table.ts';

/** The columns of a collection. The time is in milliseconds since 1970. */
const columns = {
  id: column('id', z.string()),
  title: column('title', z.string()),
  /** The normalised URL of the list: a person has one collection of it. */
  sourceKey: column('source_key', z.string()),
  /** The requester of the list; null: nobody. */
  personId: column('person_id', z.string().nullable()),
  visibility: column('visibility', Visibility),
  createdAt: column('created_at', z.number()),
};

/** A collection as the database has it. */
export type CollectionRecord = RecordOf<typeof columns>;

/** The place of an item in a collection. */
export interface CollectionEntry {
  readonly collection: CollectionRecord;
  /** From 1, in the order of the source. */
  readonly position: number;
}

interface CollectionTables {
  collections: SqlRowOf<typeof columns>;
  collection_items: { collection_id: string; media_id: string; position: number };
}

/** Reads and writes rows of collections. */
export const collectionTable = {
  ...createTable(columns),
  query: (database: AppDatabase) => database.tables<CollectionTables>(),
};
