import type { AppDatabase } from '../database/app-database.ts';
import type { ItemListener } from '../library/items/item-listener.ts';
import type { JobPublisher } from './job-publisher.ts';
import { createJobReads } from './job-reads.ts';
import { jobTable } from './job-table.ts';

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
      const update = jobTable.query(database).updateTable('jobs').set({ visibility }).where('media_id', '=', mediaId);
      const changed = await jobTable.readAll(update.returningAll().returning(jobTable.isInLibrary));
      for (const job of changed) {
        if (visibility === 'mine') publisher.appendHiding(job); // for those who do not see the next event
        publisher.append(job);
      }
    },
  };
}
