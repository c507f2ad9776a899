import { ApiUnavailable, isEnded, type ApiClient, type Job } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { hasCode } from './problem-code.ts';
import { endRequest } from './request-ending.ts';

export interface JobFollowerOptions {
  /** Returns a client whose calls carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => Pick<ApiClient, 'getJob'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly sharer: { wake(): void };
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds from one reading of all open jobs to the next. Default 60,000. */
  readonly rereadMs?: number | undefined;
}

/** Applies the changes of jobs to the requests that wait for them. */
export function startJobFollower(options: JobFollowerOptions) {
  const { requests, logger, rereadMs = 60_000 } = options;

  const onJob = (job: Job): void => {
    for (const request of requests.watchingJob(job.id)) applyJob(request, job, options);
  };

  const rereading = startPeriodicLoop({
    name: 'reading of the open jobs',
    logger,
    firstAfterMs: rereadMs,
    everyMs: rereadMs,
    async run(signal) {
      for (const request of requests.watching()) {
        if (signal.aborted || !(await rereadJob(request, onJob, options))) break;
      }
      return undefined;
    },
  });

  return {
    /** Applies a change of a job. */
    onJob,
    /** Reads all jobs that requests wait for: events may have been missed. */
    reread: () => rereading.runNow(),
    stop: () => rereading.stop(),
  };
}

function applyJob(request: MediaRequest, job: Job, options: JobFollowerOptions): void {
  const { requests, board, sharer, dispatcher } = options;
  const isAnsweredEnd = job.finishedAt !== null && job.finishedAt === request.seenFinish;
  if (isAnsweredEnd) return;
  board.setJob(request.id, job);
  // An interrupted download begins anew: the item that was shared is deleted, and its shares with it.
  const { share } = request;
  if (share.state === 'shared' && share.playableAt !== job.playableAt) requests.shares.lose(request.id);
  if (isEnded(job.state)) endRequest(request, { kind: 'job', job }, options);
  sharer.wake(); // before the dispatcher: the message may be held until the share's links are there
  dispatcher.wake(request.chatId);
}

/** Reads the job of a request. Resolves with false when yt-app does not answer: reading more makes no sense. */
async function rereadJob(
  request: MediaRequest,
  onJob: (job: Job) => void,
  options: JobFollowerOptions,
): Promise<boolean> {
  const { key, jobId, chatId } = request;
  if (jobId === null) return true;
  try {
    onJob(await options.apiFor(key).getJob(jobId));
  } catch (error) {
    if (error instanceof ApiUnavailable) return false;
    if (hasCode(error, 'not-found')) {
      endRequest(request, { kind: 'lost' }, options);
      options.dispatcher.wake(chatId);
    } else options.logger.error({ err: error, requestId: key, jobId }, 'job could not be read');
  }
  return true;
}
