import { ApiUnavailable, backOffMs, isEnded, type ApiClient, type Job, type LinkcastEvent } from '@linkcast/contracts';
import { startPeriodicLoop, type Database, type Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { EventCursor } from './event-cursor.ts';
import { hasCode } from './problem-code.ts';
import { endRequest } from './request-ending.ts';

export interface JobFollowerOptions {
  readonly database: Database;
  readonly cursor: EventCursor;
  /** Returns a client whose calls carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => Pick<ApiClient, 'getJob'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
}

const REREAD_RETRY = { firstMs: 1000, mostMs: 30_000 } as const;
/** An event that changes no request is recorded at most so often: it does no harm when it comes again. */
const RECORD_MS = 1000;

/** Applies the changes of jobs to the requests that wait for them. */
export function startJobFollower(options: JobFollowerOptions) {
  const { database, cursor, requests, logger } = options;
  let recordedAt = -Infinity;

  /** Applies a job as yt-app has it now; undefined: it has no such job any more. The cursor is stored in the same transaction. */
  const apply = (jobId: string, job: Job | undefined, eventId?: string): void => {
    const changed = database.transaction(() => {
      const waiting = requests.watchingJob(jobId).filter((request) => !isAnsweredEnd(request, job));
      for (const request of waiting) storeJob(request, job, options);
      if (eventId !== undefined) cursor.set(eventId);
      return waiting;
    })();
    for (const request of changed) showJob(request, job, options);
  };
  const onJob = (job: Job): void => apply(job.id, job);

  // Events that were missed come later, so the jobs need not be read at intervals. They are read at the start, since the
  // board is in memory; at the first connection, before which there is no cursor; and after a `reset`.
  const rereading = startPeriodicLoop({
    name: 'reading of the open jobs',
    logger,
    async run(signal) {
      for (const { jobId, key } of requests.watching())
        if (!signal.aborted && jobId !== null) apply(jobId, await readJob(jobId, key, options));
      return undefined;
    },
    onFailure: (_error, failures) => backOffMs(failures, REREAD_RETRY), // yt-app is down, which the feed logs
  });

  const record = (eventId: string): void => {
    if (performance.now() - recordedAt < RECORD_MS) return;
    cursor.set(eventId);
    recordedAt = performance.now();
  };
  /**
   * Handles an event. A stored one may be old: it says that a job has changed, and the job itself is read, so that no earlier
   * end is taken for that of a job which was retried since. Rejects when yt-app does not answer.
   */
  const onEvent = async (event: LinkcastEvent | undefined, id: string | undefined): Promise<void> => {
    if (event?.name === 'reset') rereading.runNow();
    if (event?.name === 'job' && id === undefined) onJob(event.data);
    if (id === undefined) return;
    const [request] = event?.name === 'job' ? requests.watchingJob(event.data.id) : [];
    if (event?.name === 'job' && request) apply(event.data.id, await readJob(event.data.id, request.key, options), id);
    else record(id);
  };

  return {
    /** Applies the newest state of a job. */
    onJob,
    onEvent,
    /** Reads all jobs that requests wait for. */
    reread: () => rereading.runNow(),
    stop: () => rereading.stop(),
  };
}

function isAnsweredEnd({ seenFinish }: MediaRequest, job: Job | undefined): boolean {
  return job !== undefined && job.finishedAt !== null && job.finishedAt === seenFinish;
}

function storeJob(request: MediaRequest, job: Job | undefined, options: JobFollowerOptions): void {
  if (job === undefined) {
    endRequest(request, { kind: 'lost' }, options);
    return;
  }
  if (isEnded(job.state)) endRequest(request, { kind: 'job', job }, options);
}

function showJob({ id, chatId }: MediaRequest, job: Job | undefined, options: JobFollowerOptions): void {
  if (job) options.board.setJob(id, job);
  options.dispatcher.wake(chatId);
}

/** Reads a job; undefined when yt-app has no such job any more. Rejects when yt-app does not answer. */
async function readJob(
  jobId: string,
  requestId: string,
  { apiFor, logger }: JobFollowerOptions,
): Promise<Job | undefined> {
  try {
    return await apiFor(requestId).getJob(jobId);
  } catch (error) {
    if (hasCode(error, 'not-found')) return undefined;
    if (!(error instanceof ApiUnavailable)) logger.error({ err: error, requestId, jobId }, 'job could not be read');
    throw error;
  }
}
