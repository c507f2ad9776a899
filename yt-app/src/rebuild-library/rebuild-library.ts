import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createEventLog } from '../events/event-log.ts';
import { createJobPublisher } from '../jobs/job-publisher.ts';
import { createJobStore } from '../jobs/job-store.ts';
import { createJobsOfItems } from '../jobs/jobs-of-items.ts';
import { createLibraryParts } from '../library/library-parts.ts';
import type { Recovery } from '../library/recovery/library-recovery.ts';

export interface RebuildOptions {
  readonly database: AppDatabase;
  readonly mediaDir: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Makes the rows of the library and its folders agree, while yt-app does not run: the files decide. The folders of jobs that have
 * not ended are left alone, and no folder with files is deleted.
 *
 * @returns undefined when MEDIA_DIR is not the library of this database
 */
export async function rebuildLibrary({
  database,
  mediaDir,
  logger,
  signal,
}: RebuildOptions): Promise<Recovery | undefined> {
  const events = createEventLog({ database });
  const publisher = createJobPublisher({
    events: { log: events, feed: { publish: () => undefined } }, // nobody listens
    progressOf: () => undefined,
  });
  const listener = createJobsOfItems(database, publisher);
  const { library, volume } = createLibraryParts({ database, mediaDir, events, listener, logger });
  if ((await volume.check()) !== 'present') return undefined;
  const unfinished = new Set(await createJobStore(database, publisher).unfinishedMediaIds());
  const claims = { unfinished, leased: unfinished, repaired: new Set<string>(), isDatabaseNew: true };
  return library.recover(claims, signal);
}
