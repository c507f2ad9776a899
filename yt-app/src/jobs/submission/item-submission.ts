import { ownFileId, Problem, type Job, type MediaType, type Quality, type Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { parseSourceUrl } from '../../egress/source-url.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { ItemRecord } from '../../library/items/item-table.ts';
import { randomId } from '../../random-id.ts';
import type { JobStore } from '../job-store.ts';
import type { JobRecord } from '../job-table.ts';
import type { FoundJob, JobSubmission, SubmitOptions } from './job-submission.ts';

/** Jobs that start with the files of an item. Each rejects with `not-found`, or `conflict` for an item that is not a ready video. */
export interface ItemJobs {
  /** Makes an audio item of the sound of a video item. An audio item of the same source, or the job of one, is the answer. */
  makeAudio(mediaId: string, options: Omit<SubmitOptions, 'idempotencyKey'>): Promise<Job>;
  /**
   * Adds the best picture up to a quality to a video item; null: the quality of the job that made it.
   *
   * @throws {Problem} source-unknown, source-forbidden; and as a submission.
   */
  fetchMedia(mediaId: string, quality: Quality | null, options: Pick<SubmitOptions, 'personId'>): Promise<Job>;
}

export interface ItemJobsOptions {
  readonly items: Pick<ItemStore, 'getListed'>;
  readonly store: Pick<JobStore, 'get' | 'insert' | 'openUpdate'>;
  readonly database: AppDatabase;
  readonly submission: Pick<JobSubmission, 'submitWanted' | 'admit' | 'answer'>;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  readonly defaultVisibility: Visibility;
}

export function createItemJobs(options: ItemJobsOptions): ItemJobs {
  const { items, store, database, submission, defaultVisibility } = options;

  const needVideo = async (mediaId: string): Promise<ItemRecord> => {
    const item = await items.getListed(mediaId);
    if (!item) throw new Problem('not-found');
    if (item.state !== 'ready' || item.type !== 'video') throw new Problem('conflict');
    return item;
  };
  const findOrInsertUpdate = (item: ItemRecord, update: Update): Promise<FoundJob> =>
    database.transaction(async () => {
      await database.lock(`update ${item.id}`);
      const open = await store.openUpdate(item.id);
      if (open?.quality === update.quality) return { record: open, isNew: false };
      if (open) throw new Problem('conflict'); // both would write the list of the item's files
      await submission.admit(update.personId);
      const job = { id: randomId(), mediaId: randomId(), createdAt: Date.now() };
      return { record: await store.insert({ ...wantedOf(item, 'video'), ...update, ...job }), isNew: true };
    });

  return {
    async makeAudio(mediaId, { personId = null, visibility }) {
      const item = await needVideo(mediaId);
      if (!item.renditions.some(({ kind }) => kind === 'audio')) throw new Problem('conflict');
      const wanted = visibility ?? defaultVisibility;
      const seenBy = item.visibility === 'mine' ? 'mine' : wanted; // what is private stays so
      return submission.submitWanted({
        ...wantedOf(item, 'audio'),
        sourceKey: item.sourceKey === '' || item.recording !== null ? `item:${item.id}` : item.sourceKey,
        ...{ quality: 'best', personId, visibility: personId === null && seenBy !== 'mine' ? 'everyone' : seenBy },
      });
    },
    async fetchMedia(mediaId, given, { personId = null }) {
      const item = await needVideo(mediaId);
      if (item.recording !== null) throw new Problem('source-unknown'); // the broadcast is over
      const url = sourceOf(item, options.allowPrivate);
      const former = item.jobId === null ? undefined : await store.get(item.jobId);
      const quality = given ?? former?.quality ?? 'best';
      return submission.answer(await findOrInsertUpdate(item, { url, quality, personId, visibility: item.visibility }));
    },
  };
}

type Update = Pick<JobRecord, 'url' | 'quality' | 'personId' | 'visibility'>;

function wantedOf<Type extends MediaType>({ id, sourceUrl, sourceKey, title }: ItemRecord, type: Type) {
  return { type, title, url: sourceUrl, sourceKey, fromItem: id };
}

/** @throws {Problem} source-unknown; source-forbidden when it may not be asked any more. */
function sourceOf({ sourceUrl }: ItemRecord, allowPrivate: readonly string[]): string {
  if (sourceUrl === '' || ownFileId(sourceUrl) !== undefined) throw new Problem('source-unknown');
  return parseSourceUrl(sourceUrl, allowPrivate).href;
}
