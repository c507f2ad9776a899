import { sql } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';

/** The place of an item among those of a collection that its rule is for. */
export interface CollectionRank {
  readonly mediaId: string;
  readonly collectionId: string;
  /** 1 is the newest; of those that were added together, the first in the source. */
  readonly rank: number;
}

const Row = z.object({ mediaId: z.string(), collectionId: z.string(), rank: z.coerce.number() });

const HAS_RULE = sql`EXISTS (
  SELECT 1 FROM retention_rules WHERE retention_rules.scope = 'collection' AND retention_rules.scope_id = collections.id)`;
const IS_FOLLOWED = sql`EXISTS (
  SELECT 1 FROM followed_lists
  WHERE followed_lists.source_key = collections.source_key AND followed_lists.person_id = collections.person_id
    AND (followed_lists.keep_last IS NOT NULL OR followed_lists.keep_days IS NOT NULL))`;

/**
 * Reads the items that the rules of collections are for: those of the person of the collection. Items of others come into a collection
 * by the choice of its person alone, and a rule that took them would be a way to delete what is not theirs.
 *
 * @param mediaId only of this item.
 */
export async function readCollectionRanks(database: AppDatabase, mediaId?: string): Promise<CollectionRank[]> {
  const isOfItem =
    mediaId === undefined
      ? sql`1 = 1`
      : sql`collections.id IN (SELECT collection_id FROM collection_items WHERE media_id = ${mediaId})`;
  const { rows } = await sql`
    SELECT media.id AS "mediaId", collections.id AS "collectionId",
      row_number() OVER (
        PARTITION BY collections.id ORDER BY media.created_at DESC, collection_items.position, media.id) AS "rank"
    FROM collections
    JOIN collection_items ON collection_items.collection_id = collections.id
    JOIN media ON media.id = collection_items.media_id
    WHERE ${isOfItem} AND (${HAS_RULE} OR ${IS_FOLLOWED}) AND media.deleted_at IS NULL AND media.state = 'ready'
      AND media.person_id IS NOT DISTINCT FROM collections.person_id`.execute(database.tables());
  const ranks = z.array(Row).parse(rows);
  return mediaId === undefined ? ranks : ranks.filter((each) => each.mediaId === mediaId);
}
