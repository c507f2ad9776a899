import path from 'node:path';
import { Problem, type ItemFacts, type SourceFacts, type TriedWays } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { mayHappen, type JobEvent } from '../../jobs/job-lifecycle.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { JobTwins, SourceIdentity } from '../../jobs/job-twins.ts';
import { requireItemFiles } from '../../library/files/item-files.ts';
import { writeMediaJson } from '../../library/files/media-json.ts';
import type { LibraryItem } from '../../library/items/item-table.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { GroupCollections } from '../../jobs/groups/group-collection.ts';
import type { JobEvents } from './job-events.ts';
import type { UnfinishedItems } from './unfinished-items.ts';

/** Applies the reports by which a worker brings a job forward. Each function rejects with `lease-lost` when the job's state does not allow it. */
export interface JobProgress {
  /** @returns false when the library has the item already: the job is then ready with that one; or when another job makes it: it then waits. */
  resolved(job: JobRecord, facts: SourceFacts, tried: TriedWays | null): Promise<boolean>;
  playable(job: JobRecord, facts: ItemFacts): Promise<void>;
  /** Rejects with verification-failed when files of the item are missing. */
  completed(job: JobRecord, facts: ItemFacts): Promise<void>;
}

export interface JobProgressOptions {
  readonly twins: JobTwins;
  readonly items: ItemStore;
  readonly unfinished: Pick<UnfinishedItems, 'remove'>;
  readonly database: AppDatabase;
  readonly jobEvents: JobEvents;
  readonly groupCollections: GroupCollections;
  /** Called when an item of the library has come into a collection: writes that into `media.json`, soon. */
  readonly onCollected: (mediaId: string) => void;
  /** Within the transaction in which an item becomes ready. */
  readonly onItemReady: (item: LibraryItem) => Promise<void>;
  readonly mediaDir: string;
  /** Within a transaction: reports whether a damaged item is downloaded again. A repair that is due begins now. */
  readonly beginRepair: (mediaId: string) => Promise<boolean>;
  /** Called after a new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
}

/** Held while it is decided whether a job is needed. */
const DECISIONS = 'needed jobs';
/** A job that waits for another one is claimed when that ends, or after this time. */
const RECHECK_MS = 600_000;

export function createJobProgress(options: JobProgressOptions): JobProgress {
  const { items, jobEvents, groupCollections } = options;
  const decide = createDecision(options);

  return {
    async resolved(job, { title, extractor, sourceId, isLive = false }, tried) {
      if (job.state === 'downloading') return true; // the answer to the first report was lost
      const source = { extractor, sourceId };
      const liveSince = job.liveSince ?? (isLive ? Date.now() : null);
      return decide(await jobEvents.apply(job, { type: 'resolved', title, tried, ...source, liveSince }), source);
    },
    async playable(job, facts) {
      const { handling } = facts;
      await options.database.transaction(async () => {
        await items.save(libraryItem(job, facts, 'playable')); // first: the job's event has the links of the item
        await groupCollections.add(job, job.mediaId);
        await jobEvents.apply(job, {
          type: 'playable',
          isPlayable: true,
          playableAt: job.playableAt ?? Date.now(),
          handling,
        });
      });
    },
    async completed(job, facts) {
      if (!mayHappen('completed', job.state)) throw new Problem('lease-lost');
      const directory = path.join(options.mediaDir, job.mediaId);
      await requireItemFiles(directory, facts);
      const item = libraryItem(job, facts, 'ready');
      const place = await groupCollections.placeOf(job);
      await writeMediaJson(directory, item, { files: facts.files, collections: place ? [place] : [] });
      const { handling, bytes } = facts;
      await options.database.transaction(async () => {
        await items.save(item); // first: the job's event has the links of the item
        await groupCollections.add(job, item.id);
        await options.onItemReady(item);
        await items.markChecked(item.id, Date.now()); // its checksums are new
        await jobEvents.apply(job, { type: 'completed', isPlayable: true, handling, bytes, finishedAt: Date.now() });
      });
      if (job.type === 'audio') options.onAudioReady(job.mediaId);
    },
  };
}

/** Decides whether a job is needed. Of two jobs of one source, the second one sees the decision about the first. */
function createDecision(options: JobProgressOptions): (job: JobRecord, source: SourceIdentity) => Promise<boolean> {
  const { twins, items, unfinished, jobEvents, groupCollections } = options;

  /** @returns true when the job has taken over an item of the library. */
  const adopt = async (job: JobRecord, source: SourceIdentity): Promise<boolean> => {
    const found = await twins.findItem(job, source);
    if (!found) return false;
    await items.lock(found.mediaId); // until the job has it, the item stays as it is
    const item = await twins.findItem(job, source);
    if (item?.mediaId !== found.mediaId) return false;
    const now = Date.now();
    if (job.isPlayable) await unfinished.remove(job);
    if (await groupCollections.add(job, item.mediaId))
      options.database.afterCommit(() => options.onCollected(item.mediaId));
    await jobEvents.apply(job, { type: 'adopted', ...item, isPlayable: true, playableAt: now, finishedAt: now });
    return true;
  };
  const isRepaired = async (job: JobRecord, source: SourceIdentity): Promise<boolean> => {
    const damaged = await twins.findDamaged(job, source);
    return damaged !== undefined && options.beginRepair(damaged.id);
  };

  return (job, source) =>
    options.database.transaction(async () => {
      await options.database.lock(DECISIONS);
      const isRecorded = job.liveSince !== null; // an earlier item of the source has something else
      if (!isRecorded && (await adopt(job, source))) return false;
      const isNeeded =
        job.isPlayable ||
        !((!isRecorded && (await isRepaired(job, source))) || (await twins.isInTheMaking(job, source)));
      await jobEvents.apply(job, isNeeded ? { type: 'downloading' } : waiting(job));
      return isNeeded;
    });
}

/** The job waits for another one, which makes the same item. */
function waiting({ attempt, retries }: JobRecord): JobEvent {
  return { type: 'postponed', attempt: attempt - 1, retries, problem: null, notBefore: Date.now() + RECHECK_MS };
}

function libraryItem(
  job: JobRecord,
  { files: _files, isLive: _isLive, ...facts }: ItemFacts,
  state: LibraryItem['state'],
): LibraryItem {
  return {
    ...facts,
    state,
    id: job.mediaId,
    type: job.type,
    sourceUrl: job.url,
    sourceKey: job.sourceKey,
    jobId: job.id,
    personId: job.personId,
    visibility: job.visibility,
    isKept: false,
    createdAt: job.createdAt,
    deletedAt: null,
  };
}
