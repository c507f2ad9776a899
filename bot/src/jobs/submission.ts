import { isEnded, isProblem, Problem, type ApiClient, type Job } from '@linkcast/contracts';
import type { Logger, RetryQueue } from '@linkcast/kit';
import { listQuestionOf, type ListQuestion } from '../requests/list-question.ts';
import { isActorForeign, type MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { fileSourceOf } from '../requests/file-source.ts';
import { FileTooLarge, type TelegramFiles } from '../telegram/telegram-files.ts';
import { submitFile, type FileCalls } from './file-submission.ts';
import { readJob } from './job-reader.ts';
import { hasCode } from './problem-code.ts';
import { endRequest } from './request-ending.ts';

export interface SubmissionDeps {
  /** Returns a client that calls for a person; its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (
    userId: number,
    requestId: string,
  ) => Pick<ApiClient, 'createJob' | 'cancelJob' | 'retryJob' | 'getJob'> & FileCalls;
  readonly files: TelegramFiles;
  readonly requests: RequestStore;
  readonly reader: Pick<RetryQueue, 'wake'>;
  readonly logger: Logger;
}

/**
 * Makes the call that a request needs next, for its actor: a new job, a retry, or a cancellation. Throws the API client's errors, and
 * `forbidden` when the actor may not change a job of the requester.
 */
export async function submitRequest(request: MediaRequest, deps: SubmissionDeps, signal: AbortSignal): Promise<void> {
  if (isCancelledEarly(request)) endRequest(request, { kind: 'cancelled' }, deps);
  else if (request.state === 'new') await createJob(request, deps, signal);
  else if (request.jobId === null) deps.requests.startOver(request.id);
  else if (request.state === 'retry') await retryJob(request, request.jobId, deps);
  else await cancelJob(request, request.jobId, deps);
}

/** True for a request that was cancelled before yt-app accepted it: no call is needed. Only its requester can do that. */
export function isCancelledEarly({ state, isCancelAsked }: MediaRequest): boolean {
  return state === 'new' && isCancelAsked;
}

async function createJob(request: MediaRequest, deps: SubmissionDeps, signal: AbortSignal): Promise<void> {
  const { key, playlist, chatId, replyTo, statusMessageId } = request;
  const message = { chatId, messageId: replyTo ?? statusMessageId };
  let job: Job;
  try {
    job = await makeJob(request, deps, signal);
  } catch (error) {
    if (error instanceof FileTooLarge) {
      endRequest(request, { kind: 'file-too-large' }, deps);
      return;
    }
    const question = playlist === 'ask' ? questionBehind(error) : undefined;
    if (!question) throw error;
    deps.requests.questions.ask(request.id, question);
    deps.logger.info({ requestId: key, videos: question.videos, ...message }, 'link is a list, requester asked');
    return;
  }
  watchJob(request, job, deps);
  deps.logger.info({ requestId: key, jobId: job.id, ...message }, 'request submitted');
}

/** Sends the link to yt-app, or the file. */
function makeJob(request: MediaRequest, deps: SubmissionDeps, signal: AbortSignal): Promise<Job> {
  const { url, type, key, actorId, playlist } = request;
  const api = deps.apiAs(actorId, key);
  const file = fileSourceOf(url);
  if (file) return submitFile(request, file, { api, files: deps.files }, signal);
  const idempotencyKey = playlist === 'all' ? `${key}-all` : key; // yt-app takes the job and the list of a link for two requests
  return api.createJob({ url, type }, { idempotencyKey, playlist, signal });
}

function questionBehind(error: unknown): ListQuestion | undefined {
  return isProblem(error) && error.code === 'playlist-choice' ? listQuestionOf(error.facts) : undefined;
}

async function retryJob(request: MediaRequest, jobId: string, deps: SubmissionDeps): Promise<void> {
  let retried: Job;
  try {
    retried = await deps.apiAs(request.actorId, request.key).retryJob(jobId);
  } catch (error) {
    const job = await jobBehind(error, request, deps);
    if (job && hasCode(error, 'conflict')) rejoinJob(request, job, deps);
    else deps.requests.startOver(request.id); // no such job any more, or one of somebody else
    return;
  }
  watchJob(request, retried, deps);
  deps.logger.info({ requestId: request.key, jobId }, 'request submitted again');
}

/** Continues with a job that cannot be retried: it has ended, or somebody else has retried it already. */
function rejoinJob(request: MediaRequest, job: Job, deps: SubmissionDeps): void {
  if (isEnded(job.state)) endRequest(request, { kind: 'job', job }, deps);
  else watchJob(request, job, deps);
}

/** Cancels the job. When somebody else waits for it, too, the requester's cancellation ends the request only. */
async function cancelJob(request: MediaRequest, jobId: string, deps: SubmissionDeps): Promise<void> {
  if (!isActorForeign(request) && isWantedByOthers(request, jobId, deps.requests)) {
    endRequest(request, { kind: 'cancelled' }, deps);
    return;
  }
  try {
    await deps.apiAs(request.actorId, request.key).cancelJob(jobId);
    endRequest(request, { kind: 'cancelled' }, deps);
  } catch (error) {
    const job = await jobBehind(error, request, deps);
    if (!job) endRequest(request, { kind: 'lost' }, deps);
    else if (hasCode(error, 'conflict')) dropCancel(request, jobId, deps);
    else endRequest(request, { kind: 'cancelled' }, deps); // the job of somebody else goes on
  }
}

/**
 * Reads the job of a call that was refused, as the requester; undefined: they see none any more.
 *
 * @throws the error itself, when it says nothing about the job.
 * @throws {Problem} forbidden, when the actor may not change the job of the requester: it may also be invisible to them.
 */
async function jobBehind(error: unknown, request: MediaRequest, deps: SubmissionDeps): Promise<Job | undefined> {
  const isAboutJob = hasCode(error, 'not-found') || hasCode(error, 'conflict') || hasCode(error, 'forbidden');
  if (!isAboutJob) throw error;
  const job = await readJob(request, deps);
  if (job && isActorForeign(request) && !hasCode(error, 'conflict')) throw new Problem('forbidden');
  return job;
}

function isWantedByOthers({ userId }: MediaRequest, jobId: string, requests: RequestStore): boolean {
  return requests.watchingJob(jobId).some((other) => other.userId !== userId && !other.isCancelAsked);
}

/** The job had ended before the cancellation: its end counts. */
function dropCancel(request: MediaRequest, jobId: string, { requests, reader }: SubmissionDeps): void {
  requests.dropCancel(request.id);
  requests.reads.markJob(jobId);
  reader.wake();
}

/** Waits for a job, which is read for the requester: the answer was for the actor, and events before it matched no request. */
function watchJob(request: MediaRequest, job: Job, { requests, reader }: SubmissionDeps): void {
  requests.watch(request.id, job.id);
  reader.wake();
}
