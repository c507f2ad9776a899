import { isEnded, type ApiClient, type Job } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { hasCode } from './problem-code.ts';
import { endRequest } from './request-ending.ts';

export interface SubmissionDeps {
  /** Returns a client whose calls carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => Pick<ApiClient, 'createJob' | 'getJob' | 'cancelJob' | 'retryJob'>;
  readonly requests: RequestStore;
  /** Takes the newest state of a job. */
  readonly onJob: (job: Job) => void;
  readonly logger: Logger;
}

/** Makes the call that a request needs next: a new job, a retry, or a cancellation. Throws the API client's errors. */
export async function submitRequest(request: MediaRequest, deps: SubmissionDeps, signal: AbortSignal): Promise<void> {
  if (isCancelledEarly(request)) endRequest(request, { kind: 'cancelled' }, deps);
  else if (request.state === 'new') await createJob(request, deps, signal);
  else if (request.jobId === null) deps.requests.startOver(request.id);
  else if (request.state === 'retry') await retryJob(request, request.jobId, deps);
  else await cancelJob(request, request.jobId, deps);
}

/** True for a request that was cancelled before yt-app accepted it: no call is needed. */
export function isCancelledEarly({ state, isCancelAsked }: MediaRequest): boolean {
  return state === 'new' && isCancelAsked;
}

async function createJob(request: MediaRequest, deps: SubmissionDeps, signal: AbortSignal): Promise<void> {
  const { url, type, key } = request;
  const api = deps.apiFor(key);
  const job = await api.createJob({ url, type }, { idempotencyKey: key, signal });
  watchJob(request, job, deps);
  deps.onJob(await api.getJob(job.id)); // an event between the answer and `watchJob` matched no request
}

async function retryJob(request: MediaRequest, jobId: string, deps: SubmissionDeps): Promise<void> {
  const api = deps.apiFor(request.key);
  try {
    watchJob(request, await api.retryJob(jobId), deps);
  } catch (error) {
    if (hasCode(error, 'not-found')) deps.requests.startOver(request.id);
    else if (hasCode(error, 'conflict')) rejoinJob(request, await api.getJob(jobId), deps);
    else throw error;
  }
}

/** Continues with a job that cannot be retried: it has ended, or somebody else has retried it already. */
function rejoinJob(request: MediaRequest, job: Job, deps: SubmissionDeps): void {
  if (isEnded(job.state)) endRequest(request, { kind: 'job', job }, deps);
  else watchJob(request, job, deps);
}

/** Cancels the job, unless another requester waits for it, too: then only the request ends. */
async function cancelJob(request: MediaRequest, jobId: string, deps: SubmissionDeps): Promise<void> {
  if (isWantedByOthers(request, jobId, deps.requests)) {
    endRequest(request, { kind: 'cancelled' }, deps);
    return;
  }
  const api = deps.apiFor(request.key);
  try {
    await api.cancelJob(jobId);
    endRequest(request, { kind: 'cancelled' }, deps);
  } catch (error) {
    if (hasCode(error, 'not-found')) endRequest(request, { kind: 'lost' }, deps);
    else if (hasCode(error, 'conflict')) dropCancel(request, await api.getJob(jobId), deps);
    else throw error;
  }
}

function isWantedByOthers({ userId }: MediaRequest, jobId: string, requests: RequestStore): boolean {
  return requests.watchingJob(jobId).some((other) => other.userId !== userId && !other.isCancelAsked);
}

/** The job had ended before the cancellation: its end counts. */
function dropCancel(request: MediaRequest, job: Job, { requests, onJob }: SubmissionDeps): void {
  requests.dropCancel(request.id);
  onJob(job);
}

function watchJob(request: MediaRequest, job: Job, { requests, onJob, logger }: SubmissionDeps): void {
  requests.watch(request.id, job.id);
  logger.info({ requestId: request.key, jobId: job.id }, 'request submitted');
  onJob(job);
}
