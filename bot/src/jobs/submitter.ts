import { ApiUnavailable, isEnded, isProblem, Problem, type ApiClient, type Job } from '@linkcast/contracts';
import { backOffMs, type Logger } from '@linkcast/kit';
import { problemWords } from '@linkcast/texts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { JobFollower } from './job-follower.ts';
import type { Ending, MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { Trouble } from '../status/status-view.ts';

export interface SubmitterOptions {
  readonly api: Pick<ApiClient, 'createJob' | 'getJob' | 'cancelJob' | 'retryJob'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly dispatcher: Dispatcher;
  readonly follower: Pick<JobFollower, 'onJob'>;
  readonly logger: Logger;
  /** Requests that are submitted at once. Default 4. */
  readonly concurrency?: number;
  /** The first pause after yt-app did not answer; it doubles up to 30 s. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** The longest wait that yt-app may ask for. */
const MAX_ORDERED_MS = 3_600_000;
/** How long a link is tried to be handed over. */
const GIVE_UP_MS = 86_400_000;

interface Waiting {
  readonly failures: number;
  readonly dueAt: number;
  /** yt-app named the time itself: it is kept even when yt-app has been away since. */
  readonly isOrdered: boolean;
}

/** Asks yt-app for what members asked for: new jobs, retries, cancels. Tries until it has an answer. */
export function createSubmitter(options: SubmitterOptions) {
  const { api, requests, board, dispatcher, follower, logger, concurrency = 4, retryMs = 1000 } = options;
  const stopping = new AbortController();
  const busy = new Map<number, Promise<void>>();
  const waiting = new Map<number, Waiting>();
  let timer: NodeJS.Timeout | undefined;

  const ask = async (request: MediaRequest): Promise<void> => {
    if (endsAtOnce(request)) end(request, { kind: 'cancelled' });
    else if (request.state === 'new') await create(request);
    else if (request.jobId === null) requests.startOver(request.id);
    else if (request.state === 'retry') await retry(request, request.jobId);
    else await cancel(request, request.jobId);
  };

  const create = async ({ id, url, type, key }: MediaRequest): Promise<void> => {
    const job = await api.createJob({ url, type }, { idempotencyKey: key, signal: stopping.signal });
    watch(id, job);
    follower.onJob(await api.getJob(job.id)); // an event between the answer and now would have met nobody
  };

  const retry = async (request: MediaRequest, jobId: string): Promise<void> => {
    try {
      watch(request.id, await api.retryJob(jobId));
    } catch (error) {
      if (hasCode(error, 'not-found')) requests.startOver(request.id);
      else if (hasCode(error, 'conflict')) rejoin(request, await api.getJob(jobId));
      else throw error;
    }
  };

  /** The job was retried by somebody else, or cannot be. */
  const rejoin = (request: MediaRequest, job: Job): void => {
    if (isEnded(job.state)) end(request, { kind: 'job', job });
    else watch(request.id, job);
  };

  const cancel = async (request: MediaRequest, jobId: string): Promise<void> => {
    const others = requests
      .watchingJob(jobId)
      .filter((other) => other.userId !== request.userId && !other.isCancelAsked);
    if (others.length > 0) {
      end(request, { kind: 'cancelled' }); // somebody else still waits for the same job
      return;
    }
    try {
      await api.cancelJob(jobId);
      end(request, { kind: 'cancelled' });
    } catch (error) {
      if (hasCode(error, 'not-found')) end(request, { kind: 'lost' });
      else if (hasCode(error, 'conflict')) await forgetCancel(request, jobId);
      else throw error;
    }
  };

  const forgetCancel = async (request: MediaRequest, jobId: string): Promise<void> => {
    const job = await api.getJob(jobId);
    requests.dropCancel(request.id);
    follower.onJob(job);
  };

  const watch = (id: number, job: Job): void => {
    requests.watch(id, job.id);
    logger.info({ requestId: id, jobId: job.id }, 'request handed over');
    follower.onJob(job);
  };

  const end = (request: MediaRequest, ending: Ending): void => {
    requests.end(request.id, ending);
    logger.info({ requestId: request.id, ending: ending.kind }, 'request ended');
    dispatcher.wake(request.chatId);
  };

  const onFailure = (request: MediaRequest, error: unknown): void => {
    if (stopping.signal.aborted) return;
    const isOutage = error instanceof ApiUnavailable || hasCode(error, 'unauthorized');
    if (hasCode(error, 'unauthorized'))
      logger.error('yt-app refuses the key of the bot: its digest must be in KEY_DIGESTS');
    const problem = isProblem(error)
      ? error
      : new Problem('internal', {}, { sentence: problemWords({ code: 'internal' }).sentence });
    if (!isOutage && !isProblem(error)) logger.error({ err: error, requestId: request.id }, 'bug: submitting failed');
    if (!isOutage && !problem.retryable) {
      end(request, { kind: 'refused', problem: problem.toDocument() });
      return;
    }
    if (Date.now() - request.changedAt > GIVE_UP_MS) end(request, { kind: 'gave-up' });
    else postpone(request, isOutage ? 'api-down' : problem);
  };

  const postpone = (request: MediaRequest, trouble: Trouble): void => {
    const failures = (waiting.get(request.id)?.failures ?? 0) + 1;
    if (failures === 1) logger.warn({ requestId: request.id }, 'yt-app does not take the request, trying again');
    const backOff = backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
    const ordered = retryAfterMs(trouble);
    waiting.set(request.id, {
      failures,
      dueAt: Date.now() + Math.max(backOff, ordered),
      isOrdered: ordered > 0,
    });
    board.setTrouble(request.id, trouble);
    dispatcher.wake(request.chatId);
  };

  const start = (request: MediaRequest): void => {
    const task = ask(request)
      .then(() => {
        waiting.delete(request.id);
        board.setTrouble(request.id, undefined);
        dispatcher.wake(request.chatId);
      })
      .catch((error: unknown) => onFailure(request, error))
      .finally(() => {
        busy.delete(request.id);
        wake();
      });
    busy.set(request.id, task);
  };

  const wake = (): void => {
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    const open = requests.open().filter(({ id }) => !busy.has(id));
    const dueAt = (request: MediaRequest): number => (endsAtOnce(request) ? 0 : (waiting.get(request.id)?.dueAt ?? 0));
    const due = open.filter((request) => dueAt(request) <= Date.now());
    due.slice(0, Math.max(0, concurrency - busy.size)).forEach(start);
    const next = Math.min(...open.filter((request) => !due.includes(request)).map(dueAt));
    if (Number.isFinite(next)) timer = setTimeout(wake, Math.max(0, next - Date.now()));
  };

  return {
    /** There is something to ask of yt-app, perhaps. */
    wake,
    /** yt-app answers again: what waits is tried at once, unless yt-app itself said when to come back. */
    retryNow(): void {
      for (const [id, { isOrdered }] of waiting) if (!isOrdered) waiting.delete(id);
      wake();
    },
    async stop(): Promise<void> {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all(busy.values());
    },
  };
}

export type Submitter = ReturnType<typeof createSubmitter>;

/** What `Retry-After` asked for, in milliseconds; 0: nothing. */
function retryAfterMs(trouble: Trouble): number {
  const seconds = trouble === 'api-down' ? 0 : (trouble.facts.retryAfterSeconds ?? 0);
  return Math.min(seconds * 1000, MAX_ORDERED_MS);
}

/** Cancelled before yt-app took it: nothing has to be asked of yt-app. */
function endsAtOnce({ state, isCancelAsked }: MediaRequest): boolean {
  return state === 'new' && isCancelAsked;
}

function hasCode(error: unknown, code: Problem['code']): boolean {
  return isProblem(error) && error.code === code;
}
