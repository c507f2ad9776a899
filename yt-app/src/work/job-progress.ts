import path from 'node:path';
import { Problem, type ItemFacts, type SourceFacts } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { problemWords } from '@linkcast/texts';
import type { EventBus } from '../events/event-bus.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { JobChange, JobStore } from '../jobs/job-store.ts';
import { mayFollow } from '../jobs/job-transitions.ts';
import { requireItemFiles } from '../library/files/item-files.ts';
import { writeMediaJson } from '../library/files/media-json.ts';
import { itemView, type LibraryItem } from '../library/items/item-record.ts';
import type { ItemStore } from '../library/items/item-store.ts';

export interface JobProgressOptions {
  readonly store: JobStore;
  readonly media: ItemStore;
  readonly mediaDir: string;
  readonly events: EventBus;
  readonly logger: Logger;
  /** Makes several writes one transaction. */
  readonly transaction: (write: () => void) => void;
  /** A new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
  /** Sends the job to everybody who listens. */
  readonly publish: (job: JobRecord) => void;
}

/** Applies what a worker reports to the job and the library. Each function throws `lease-lost` when the job's state does not allow it. */
export type JobProgress = ReturnType<typeof createJobProgress>;

const NOT_PLAYABLE = { isPlayable: false, playableAt: null, handling: null } as const;

export function createJobProgress({ store, media, events, logger, publish, ...options }: JobProgressOptions) {
  const change = (job: JobRecord, what: JobChange): JobRecord => {
    if (what.state !== undefined && what.state !== job.state && !mayFollow(job.state, what.state))
      throw new Problem('lease-lost', {}, { cause: new Error(`${job.state} → ${what.state}`) });
    const changed = store.change(job.id, what);
    publish(changed);
    return changed;
  };

  const removePlayable = (job: JobRecord): void => {
    if (media.get(job.mediaId)?.state !== 'playable') return;
    media.remove(job.mediaId);
    events.publish({ name: 'media-deleted', data: { id: job.mediaId } });
  };

  return {
    /** Publishes the job as it is now. */
    moved: publish,

    entered: (job: JobRecord, state: 'downloading' | 'converting' | 'verifying'): void => void change(job, { state }),

    /** @returns false when the library has the item already: the job is then ready with that one. */
    resolved(job: JobRecord, facts: SourceFacts): boolean {
      const { title, extractor, sourceId } = facts;
      const resolved = store.change(job.id, { title, extractor, sourceId });
      const twin = store.findTwin(resolved, facts);
      if (!twin || media.get(twin.mediaId)?.state !== 'ready') return true;
      const { mediaId, handling, bytes } = twin;
      const now = Date.now();
      change(resolved, {
        state: 'ready',
        mediaId,
        handling,
        bytes,
        isPlayable: true,
        playableAt: now,
        finishedAt: now,
      });
      return false;
    },

    playable(job: JobRecord, facts: ItemFacts): void {
      const record = media.save(mediaFacts(job, facts, 'playable'));
      change(job, { isPlayable: true, playableAt: Date.now(), handling: facts.handling });
      events.publish({ name: 'media', data: itemView(record) });
      logger.info({ jobId: job.id, mediaId: job.mediaId }, 'playable');
    },

    /** @throws {Problem} verification-failed when the files of the item are not there. */
    async ready(job: JobRecord, facts: ItemFacts): Promise<void> {
      if (!mayFollow(job.state, 'ready')) throw new Problem('lease-lost');
      const directory = path.join(options.mediaDir, job.mediaId);
      await requireItemFiles(directory, facts);
      const ready = mediaFacts(job, facts, 'ready');
      await writeMediaJson(directory, ready);
      const { handling, bytes } = facts;
      options.transaction(() => {
        media.save(ready);
        store.change(job.id, { state: 'ready', isPlayable: true, handling, bytes, finishedAt: Date.now() });
      });
      publish(store.get(job.id) ?? job);
      events.publish({ name: 'media', data: itemView(ready) });
      logger.info({ jobId: job.id, mediaId: job.mediaId, bytes, handling }, 'ready');
      if (job.type === 'audio') options.onAudioReady(job.mediaId);
    },

    /** Makes the job ready when its item is in the library: everything but its last report was done. @returns false when it is not. */
    completedInLibrary(job: JobRecord): boolean {
      const item = media.get(job.mediaId);
      if (item?.state !== 'ready') return false;
      const { handling, bytes } = item;
      publish(store.change(job.id, { state: 'ready', isPlayable: true, handling, bytes, finishedAt: Date.now() }));
      return true;
    },

    failed(job: JobRecord, problem: Problem): void {
      const level = problem.code === 'internal' ? 'error' : 'warn';
      logger[level]({ jobId: job.id, problem: problem.code }, 'job failed');
      removePlayable(job);
      change(job, {
        ...NOT_PLAYABLE,
        state: 'failed',
        problem: problem.toDocument(problemWords(problem)),
        finishedAt: Date.now(),
      });
    },

    cancelled(job: JobRecord): void {
      removePlayable(job);
      change(job, { ...NOT_PLAYABLE, state: 'cancelled', finishedAt: Date.now() });
    },

    /** Puts the job back into the queue, as the oldest there. */
    requeued(job: JobRecord, attempt: number): void {
      removePlayable(job);
      change(job, { ...NOT_PLAYABLE, state: 'queued', attempt, startedAt: null });
    },
  };
}

function mediaFacts(job: JobRecord, facts: ItemFacts, state: 'playable' | 'ready'): LibraryItem {
  return {
    ...facts,
    state,
    id: job.mediaId,
    type: job.type,
    sourceUrl: job.url,
    sourceKey: job.sourceKey,
    jobId: job.id,
    createdAt: job.createdAt,
  };
}
