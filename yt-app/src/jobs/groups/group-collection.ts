import { sql } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import type { CollectionStore } from '../../library/collections/collection-store.ts';
import { collectionTable, type CollectionEntry } from '../../library/collections/collection-table.ts';
import { randomId } from '../../random-id.ts';
import { jobTable, type JobRecord } from '../job-table.ts';
import { groupTable, type GroupRow } from './group-table.ts';

/** Finds the place of a child's item in the collection of the list. */
export interface GroupCollections {
  /** Undefined for a job without a parent, and when the collection was deleted. */
  placeOf(job: JobRecord): Promise<CollectionEntry | undefined>;
  /** Puts the item of a child into the collection, within a transaction. @returns false when there is no place for it. */
  add(job: JobRecord, mediaId: string): Promise<boolean>;
}

export function createGroupCollections(
  database: AppDatabase,
  collections: Pick<CollectionStore, 'get' | 'lock' | 'put'>,
): GroupCollections {
  const readGroup = (id: string): Promise<GroupRow | undefined> =>
    groupTable.readOne(groupTable.query(database).selectFrom('job_groups').selectAll().where('id', '=', id));
  /** From 1. A child has its number from its place in the list. */
  const positionOf = async ({ id, firstPosition }: GroupRow, number: number): Promise<number> => {
    const children = jobTable.query(database).selectFrom('jobs').where('parent_id', '=', id);
    const before = children.where('number', '<', number).select(({ fn }) => fn.countAll<number>().as('count'));
    return firstPosition + (await before.executeTakeFirstOrThrow()).count;
  };
  const placeOf: GroupCollections['placeOf'] = async ({ parentId, number }) => {
    const group = parentId === null ? undefined : await readGroup(parentId);
    if (!group || group.collectionId === null) return undefined;
    const collection = (await collections.get(group.collectionId)) ?? newCollection(group, group.collectionId);
    return { collection, position: await positionOf(group, number) };
  };

  return {
    placeOf,
    async add(job, mediaId) {
      const found = await placeOf(job);
      if (!found) return false;
      await collections.lock(found.collection.id);
      const place = await placeOf(job); // it may have been deleted before the lock
      if (place) await collections.put({ ...place, mediaId });
      return place !== undefined;
    },
  };
}

/** The collection of a list as it is with its first item. A list without a title has the name of its site. */
function newCollection({ title, url, sourceKey, personId, visibility, createdAt }: GroupRow, id: string) {
  return { id, title: title ?? new URL(url).hostname, sourceKey, personId, visibility, createdAt };
}

/** The id of a person's collection of a source: that of an earlier parent or of a collection, else a new one. Within the lock of the source. */
export async function collectionIdFor(
  { sourceKey, personId }: Pick<GroupRow, 'sourceKey' | 'personId'>,
  database: AppDatabase,
): Promise<string> {
  const isOf = personId === null ? 'is' : '=';
  const parent = groupTable
    .query(database)
    .selectFrom('job_groups')
    .select('collection_id')
    .where('source_key', '=', sourceKey)
    .where('person_id', isOf, personId)
    .where('collection_id', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1);
  const collection = collectionTable
    .query(database)
    .selectFrom('collections')
    .select('id')
    .where('source_key', '=', sourceKey)
    .where('person_id', isOf, personId)
    .limit(1);
  const known = (await parent.executeTakeFirst())?.collection_id ?? (await collection.executeTakeFirst())?.id;
  return known ?? randomId();
}

/** The first free place of a collection, after its items and after the children of its lists that may still come. */
export async function nextPosition(collectionId: string, database: AppDatabase): Promise<number> {
  const { rows } = await sql<{ next: number | string | null }>`
    SELECT max(next) AS next FROM (
      SELECT max(position) + 1 AS next FROM collection_items WHERE collection_id = ${collectionId}
      UNION ALL
      SELECT first_position + (SELECT count(*) FROM jobs WHERE parent_id = job_groups.id) AS next
      FROM job_groups WHERE collection_id = ${collectionId}) AS places`.execute(database.tables());
  return Number(rows[0]?.next ?? 1);
}
