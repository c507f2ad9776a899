import { ApiUnavailable, isEnded, isProblem, type ApiClient, type Job } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type Database, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Ending } from '../requests/ending.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { hasCode } from './problem-code.ts';
import { endRequest } from './request-ending.ts';

export interface JobReaderOptions {
  readonly database: Database;
  /** Returns a client that calls for a person; its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (userId: number, requestId: string) => Pick<ApiClient, 'getJob'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
}

const CONCURRENCY = 4;
const BACK_OFF = { firstMs: 1000, mostMs: 30_000 } as const;

/**
 * Reads the jobs of the requests that are due for it, each with the rights of its requester, and ends the requests whose job has ended
 * or does not exist for the requester any more. A read that fails is repeated, and delays no other.
 */
export function createJobReader(options: JobReaderOptions): RetryQueue {
  return createRetryQueue<MediaRequest>({
    pending: options.requests.reads.due,
    keyOf: ({ id }) => id,
    async work(request) {
      const job = await readJob(request, options);
      if (job) applyJob(request, job, options);
      else end(request, { kind: 'lost' }, options);
    },
    onFailure: (request, error, failures) => afterFailure(request, error, failures, options),
    backOff: BACK_OFF,
    concurrency: CONCURRENCY,
  });
}

/** Reads the job of a request as its requester; undefined when they see no such job. */
export async function readJob(
  { userId, key, jobId }: MediaRequest,
  { apiAs }: Pick<JobReaderOptions, 'apiAs'>,
): Promise<Job | undefined> {
  if (jobId === null) return undefined;
  try {
    return await apiAs(userId, key).getJob(jobId);
  } catch (error) {
    if (hasCode(error, 'not-found')) return undefined;
    throw error;
  }
}

function applyJob(request: MediaRequest, job: Job, options: JobReaderOptions): void {
  const { database, requests, board, dispatcher } = options;
  const isApplied = database.transaction(() => {
    requests.reads.markDone(request);
    const current = currentOf(request, options);
    // The end that was answered with Retry is old: yt-app has not begun anew yet.
    if (!current || (job.finishedAt !== null && job.finishedAt === current.seenFinish)) return false;
    if (isEnded(job.state)) endRequest(current, { kind: 'job', job }, options);
    return true;
  })();
  if (isApplied) board.setJob(request.id, job);
  dispatcher.wake(request.chatId);
}

/** Ends a request without its job: what was known of the job is not shown any more. */
function end(request: MediaRequest, ending: Ending, options: JobReaderOptions): void {
  const current = currentOf(request, options);
  if (current) {
    options.board.removeJob(request.id);
    endRequest(current, ending, options);
  }
  options.dispatcher.wake(request.chatId);
}

/** The request as it is now, if it still waits for the job that was read. */
function currentOf({ id, jobId }: MediaRequest, { requests }: JobReaderOptions): MediaRequest | undefined {
  const current = requests.get(id);
  return current?.state === 'watching' && current.jobId === jobId ? current : undefined;
}

function afterFailure(
  request: MediaRequest,
  error: unknown,
  failures: number,
  options: JobReaderOptions,
): AfterFailure {
  const { key: requestId, jobId } = request;
  // A refused key is an outage: only the owner of the installation can change it.
  if (isProblem(error) && !error.retryable && error.code !== 'unauthorized') {
    end(request, { kind: 'refused', problem: error.toDocument() }, options);
    return { kind: 'give-up' };
  }
  if (failures === 1 && !(error instanceof ApiUnavailable))
    options.logger.error({ err: error, requestId, jobId }, 'job could not be read');
  return { kind: 'retry' };
}
