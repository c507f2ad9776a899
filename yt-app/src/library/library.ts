import { Problem, type Media, type MediaList, type MediaQuery } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import PQueue from 'p-queue';
import type { EventBus } from '../events/event-bus.ts';
import { createMediaDirectories } from './media-directories.ts';
import { writeMediaFile } from './media-file.ts';
import { mediaView, type MediaRecord } from './media-record.ts';
import type { MediaStore } from './media-store.ts';
import { recoverLibrary, type Recovery } from './library-recovery.ts';

export interface Library {
  /** @throws {Problem} `not-found`. */
  get(id: string): Media;
  list(query: MediaQuery): MediaList;
  /** @throws {Problem} `not-found`; `conflict` while a job still works on the item. */
  rename(id: string, title: string): Promise<Media>;
  /**
   * Resolves when nobody can see the item or its files any more.
   *
   * @throws {Problem} `not-found`; `conflict` while a job still works on the item: cancel the job.
   */
  delete(id: string): Promise<void>;
  /** Makes the rows and the directories agree. Once, at start, before any job runs. */
  recover(): Promise<Recovery>;
}

export interface LibraryOptions {
  readonly store: MediaStore;
  readonly mediaDir: string;
  readonly events: EventBus;
  readonly logger: Logger;
}

/** What the jobs left behind: rows, directories, and the events that tell of changes. */
export function createLibrary({ store, mediaDir, events, logger }: LibraryOptions): Library {
  const directories = createMediaDirectories(mediaDir);
  const changes = new PQueue({ concurrency: 1 }); // a rename must not write into a directory that is being deleted

  const need = (id: string): MediaRecord => {
    const record = store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };
  const needReady = (id: string): MediaRecord => {
    const record = need(id);
    if (record.state !== 'ready') throw new Problem('conflict');
    return record;
  };
  const sweep = (): Promise<void> =>
    directories.sweep().catch((error: unknown) => logger.error({ err: error }, 'deleted files remain'));

  return {
    get: (id) => mediaView(need(id)),
    list(query) {
      const { records, nextCursor } = store.list(query);
      return { media: records.map(mediaView), nextCursor };
    },
    rename: (id, title) =>
      changes.add(async () => {
        const renamed = { ...needReady(id), title };
        await writeMediaFile(directories.of(id), renamed);
        store.rename(id, title);
        const media = mediaView(renamed);
        events.publish({ name: 'media', data: media });
        return media;
      }),
    delete: (id) =>
      changes.add(async () => {
        needReady(id);
        await directories.discard(id); // before the row: after a crash in between, recovery drops the row
        store.remove(id);
        events.publish({ name: 'media-deleted', data: { id } });
        logger.info({ mediaId: id }, 'media deleted');
        void changes.add(sweep);
      }),
    recover: () => recoverLibrary({ store, directories, logger }),
  };
}
