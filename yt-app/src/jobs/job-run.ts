import path from 'node:path';
import { isProblem, Problem, type Progress } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { EventBus } from '../events/event-bus.ts';
import { writeMediaFile } from '../library/media-file.ts';
import { mediaView, type MediaFacts } from '../library/media-record.ts';
import type { MediaStore } from '../library/media-store.ts';
import type { ItemFacts } from '../media/item-facts.ts';
import type { PipelineReporter } from '../media/pipeline-run.ts';
import type { RunPipeline } from '../media/pipeline.ts';
import { writeWhenThereIsRoom } from './disk-room.ts';
import { Interruption } from './interruption.ts';
import type { JobRecord } from './job-record.ts';
import type { JobChange, JobStore } from './job-store.ts';

export interface JobRunOptions {
  readonly store: JobStore;
  readonly media: MediaStore;
  readonly mediaDir: string;
  readonly runPipeline: RunPipeline;
  readonly events: EventBus;
  readonly logger: Logger;
  /** Makes several writes one transaction. */
  readonly transaction: (write: () => void) => void;
  /** A new audio item is in the library. */
  readonly onAudioReady: (mediaId: string) => void;
}

/** What a run needs of the runner. */
interface RunnerSide {
  readonly publish: (record: JobRecord) => void;
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal;
}

/** Takes one claimed job to its end state, whatever its source does. Rejects for bugs only. */
export type RunJob = (
  job: JobRecord,
  how: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
) => Promise<void>;

export function createJobRun(options: JobRunOptions, { publish, stopping }: RunnerSide): RunJob {
  const { store, media, events, logger } = options;

  const change = (id: string, what: JobChange): void => publish(store.change(id, what));

  const forgetItem = (job: JobRecord): void => {
    if (media.get(job.mediaId)?.state !== 'playable') return;
    media.remove(job.mediaId);
    events.publish({ name: 'media-deleted', data: { id: job.mediaId } });
  };

  const reporterFor = (job: JobRecord, onProgress: (progress: Progress) => void): PipelineReporter => ({
    resolved(facts) {
      store.change(job.id, { title: facts.title, extractor: facts.extractor, sourceId: facts.sourceId });
      const twin = store.findTwin(job, facts);
      if (!twin || media.get(twin.mediaId)?.state !== 'ready') return true;
      change(job.id, {
        state: 'ready',
        mediaId: twin.mediaId,
        isPlayable: true,
        handling: twin.handling,
        bytes: twin.bytes,
        playableAt: Date.now(),
        finishedAt: Date.now(),
      });
      return false;
    },
    entered: (state) => change(job.id, { state }),
    progressed(progress) {
      onProgress(progress);
      const record = store.get(job.id);
      if (record) publish(record);
    },
    playable(facts) {
      const record = media.save(mediaFacts(job, facts, 'playable'));
      change(job.id, { isPlayable: true, playableAt: Date.now(), handling: facts.handling });
      events.publish({ name: 'media', data: mediaView(record) });
      logger.info({ jobId: job.id, mediaId: job.mediaId }, 'playable');
    },
    verified: (facts) => keep(job, facts),
  });

  /** The last thing in it is the transaction: what rejects has changed nothing that lasts. */
  const keep = async (job: JobRecord, facts: ItemFacts): Promise<void> => {
    const ready = mediaFacts(job, facts, 'ready');
    await writeMediaFile(path.join(options.mediaDir, job.mediaId), ready);
    options.transaction(() => {
      media.save(ready);
      store.change(job.id, {
        state: 'ready',
        isPlayable: true,
        handling: facts.handling,
        bytes: facts.bytes,
        finishedAt: Date.now(),
      });
    });
  };

  const announce = (job: JobRecord, facts: ItemFacts): void => {
    publish(mustGet(store, job.id));
    events.publish({ name: 'media', data: mediaView(mediaFacts(job, facts, 'ready')) });
    logger.info({ jobId: job.id, mediaId: job.mediaId, bytes: facts.bytes, handling: facts.handling }, 'ready');
    if (job.type === 'audio') options.onAudioReady(job.mediaId);
  };

  const giveUp = (job: JobRecord, error: unknown): void => {
    forgetItem(job);
    const over = { isPlayable: false, playableAt: null, handling: null, finishedAt: Date.now() } as const;
    if (error instanceof Interruption) {
      if (error.by === 'cancel') change(job.id, { ...over, state: 'cancelled' });
      else change(job.id, { ...over, state: 'queued', attempt: job.attempt - 1, finishedAt: null, startedAt: null });
      return;
    }
    const problem = isProblem(error) ? error : new Problem('internal', {}, { cause: error });
    logger[problem.code === 'internal' ? 'error' : 'warn'](
      { jobId: job.id, problem: problem.code, err: error },
      'job failed',
    );
    change(job.id, { ...over, state: 'failed', problem: problem.toDocument() });
  };

  return async (job, { signal, onProgress }) => {
    logger.info({ jobId: job.id, attempt: job.attempt, type: job.type }, 'job started');
    publish(job);
    try {
      const facts = await options.runPipeline(job, reporterFor(job, onProgress), signal);
      if (facts) announce(job, facts);
    } catch (error) {
      await writeWhenThereIsRoom(() => giveUp(mustGet(store, job.id), error), { stopping, logger });
    }
  };
}

function mustGet(store: JobStore, id: string): JobRecord {
  const record = store.get(id);
  if (!record) throw new Error(`job ${id} is gone`);
  return record;
}

function mediaFacts(job: JobRecord, facts: ItemFacts, state: 'playable' | 'ready'): MediaFacts {
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
