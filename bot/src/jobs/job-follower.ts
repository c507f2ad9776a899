import { ApiUnavailable, isEnded, isProblem, type ApiClient, type Job } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { Sharer } from './sharer.ts';
import type { StatusBoard } from '../status/status-board.ts';

export interface JobFollowerOptions {
  readonly api: Pick<ApiClient, 'getJob'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly sharer: Pick<Sharer, 'wake'>;
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
}

/** Carries what is known of jobs to the requests that wait for them. */
export function createJobFollower({ api, requests, board, sharer, dispatcher, logger }: JobFollowerOptions) {
  let rereading: Promise<void> | undefined;
  let isAskedAgain = false;
  let isStopped = false;

  const applyTo = (request: MediaRequest, job: Job): void => {
    const isOldNews = job.finishedAt !== null && job.finishedAt === request.seenFinish;
    if (isOldNews) return;
    board.setJob(request.id, job);
    // An interrupted download begins anew: the item that was shared is gone, and its shares with it.
    const { share } = request;
    if (share.state === 'shared' && share.playableAt !== job.playableAt) requests.loseShare(request.id);
    if (isEnded(job.state)) {
      requests.end(request.id, { kind: 'job', job });
      logger.info({ requestId: request.id, jobId: job.id, state: job.state }, 'request ended');
    }
    sharer.wake(); // before the message is written: it may be worth waiting for the share's links
    dispatcher.wake(request.chatId);
  };

  const onJob = (job: Job): void => {
    for (const request of requests.watchingJob(job.id)) applyTo(request, job);
  };

  /** Asks for one job. False when yt-app does not answer, so that asking for more makes no sense. */
  const ask = async (request: MediaRequest & { jobId: string }): Promise<boolean> => {
    try {
      onJob(await api.getJob(request.jobId));
      return true;
    } catch (error) {
      if (isProblem(error) && error.code === 'not-found') {
        requests.end(request.id, { kind: 'lost' });
        dispatcher.wake(request.chatId);
        return true;
      }
      if (error instanceof ApiUnavailable) return false;
      logger.error({ err: error, requestId: request.id }, 'a job could not be read');
      return true;
    }
  };

  const rereadAll = async (): Promise<void> => {
    for (const request of requests.watching()) {
      if (isStopped) return;
      if (request.jobId !== null && !(await ask({ ...request, jobId: request.jobId }))) return;
    }
  };

  const reread = (): void => {
    if (rereading) {
      isAskedAgain = true;
      return;
    }
    isAskedAgain = false;
    rereading = rereadAll()
      .catch((error: unknown) => logger.error({ err: error }, 'bug: reading the jobs failed'))
      .finally(() => {
        rereading = undefined;
        if (isAskedAgain && !isStopped) reread();
      });
  };

  return {
    /** A job changed. */
    onJob,
    /** Asks yt-app for every job that somebody waits for. */
    reread,
    async stop(): Promise<void> {
      isStopped = true;
      await rereading;
    },
  };
}

export type JobFollower = ReturnType<typeof createJobFollower>;
