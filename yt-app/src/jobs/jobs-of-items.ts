import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import type { ItemListener } from '../library/items/item-listener.ts';
import type { JobPublisher } from './job-publisher.ts';
import { createJobReads } from './job-reads.ts';
import { groupTable } from './groups/group-table.ts';
import { jobTable } from './job-table.ts';

const isOfPersonOfItem = sql<SqlBool>`person_id IS NOT DISTINCT FROM (SELECT person_id FROM media WHERE media.id = media_id)`;

/** The jobs that made or adopted an item, or add to it. */
function isOf(mediaId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(media_id = ${mediaId} OR (from_item = ${mediaId} AND type = 'video'))`;
}

/** Changes the jobs of an item with it. A job is playable only while its item is in the library, and is seen by the same people. */
export function createJobsOfItems(
  database: AppDatabase,
  publisher: Pick<JobPublisher, 'append' | 'appendHiding'>,
): ItemListener {
  const reads = createJobReads(database);

  return {
    async onListingChanged(mediaId) {
      for (const job of await reads.findByMedia(mediaId)) publisher.append(job);
    },
    async onVisibilityChanged(mediaId, visibility) {
      let update = jobTable.query(database).updateTable('jobs').set({ visibility }).where(isOf(mediaId));
      // Jobs of others who have sent the same privately stay so.
      if (visibility === 'everyone') update = update.where(isOfPersonOfItem);
      const changed = await jobTable.readAll(update.returningAll().returning(jobTable.ofItem));
      for (const job of changed) {
        if (visibility === 'mine') publisher.appendHiding(job); // for those who do not see the next event
        publisher.append(job);
      }
    },
    async onCollectionRemoved(id) {
      const update = groupTable.query(database).updateTable('job_groups').set({ collection_id: null });
      await update.where('collection_id', '=', id).execute();
    },
  };
}
