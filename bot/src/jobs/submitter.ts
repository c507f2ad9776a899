import { ApiUnavailable, isProblem, Problem } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Ending } from '../requests/ending.ts';
import { isActorForeign, type MediaRequest } from '../requests/media-request.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { Trouble } from '../status/status-view.ts';
import { createPersonTurns } from './person-turns.ts';
import { hasCode } from './problem-code.ts';
import type { RefusalReply } from './refusal-reply.ts';
import { endRequest } from './request-ending.ts';
import { isCancelledEarly, submitRequest, type SubmissionDeps } from './submission.ts';

export interface SubmitterOptions extends SubmissionDeps {
  readonly board: StatusBoard;
  readonly refusals: RefusalReply;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  /** Requests that are submitted at once. Default 16: a call may last while yt-app reads a list. */
  readonly concurrency?: number;
  /** Milliseconds until the first new attempt; doubled up to 30 seconds. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** The longest wait that yt-app may ask for. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** New jobs of one person that are submitted at once: yt-app reads no more than 3 links of a person at a time, on the site too. */
const MOST_PER_PERSON = 2;
/** Milliseconds for which a request is submitted again and again. */
const GIVE_UP_MS = 86_400_000;

/**
 * Submits the members' requests to yt-app: new jobs, retries and cancellations. Repeats each until yt-app has answered. A new job that
 * its requester cancels meanwhile is not waited for.
 */
export function createSubmitter(options: SubmitterOptions): RetryQueue {
  const { requests, board, dispatcher, concurrency = 16, retryMs = 1000 } = options;
  const turns = createPersonTurns(MOST_PER_PERSON);
  const creations = new Map<number, AbortController>();

  const create = async (request: MediaRequest, signal: AbortSignal): Promise<void> => {
    const cancelled = new AbortController();
    creations.set(request.id, cancelled);
    const either = AbortSignal.any([signal, cancelled.signal]);
    await turns.run(request.actorId, either, () => submitRequest(request, options, either));
    creations.delete(request.id);
  };
  const isCancelledMeanwhile = ({ id }: MediaRequest): boolean => {
    const isAborted = creations.get(id)?.signal.aborted === true;
    creations.delete(id);
    return isAborted;
  };
  const queue = createRetryQueue<MediaRequest>({
    pending: requests.open,
    keyOf: ({ id }) => id,
    versionOf: (request) => `${request.actorId} ${request.playlist} ${isCancelledEarly(request)}`,
    async work(request, signal) {
      const isCreation = request.state === 'new' && !request.isCancelAsked;
      await (isCreation ? create(request, signal) : submitRequest(request, options, signal));
      board.setTrouble(request.id, undefined);
      dispatcher.wake(request.chatId);
    },
    onFailure: (request, error, failures) =>
      isCancelledMeanwhile(request) ? { kind: 'retry' } : afterFailure(request, error, failures, options),
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
    concurrency,
  });

  return {
    ...queue,
    wake() {
      for (const [id, creation] of creations) if (requests.get(id)?.isCancelAsked) creation.abort();
      queue.wake();
    },
  };
}

function afterFailure(
  request: MediaRequest,
  error: unknown,
  failures: number,
  options: SubmitterOptions,
): AfterFailure {
  const { board, dispatcher, logger } = options;
  if (isActorForeign(request) && (hasCode(error, 'forbidden') || hasCode(error, 'not-invited'))) {
    refuseAction(request, error, options);
    return { kind: 'give-up' };
  }
  const trouble = troubleOf(error);
  logTrouble(request, error, options);
  const ending = endingAfter(request, trouble);
  if (ending) {
    endRequest(request, ending, options);
    dispatcher.wake(request.chatId);
    return { kind: 'give-up' };
  }
  if (failures === 1) logger.warn({ requestId: request.key }, 'yt-app does not accept the request, trying again');
  board.setTrouble(request.id, trouble);
  dispatcher.wake(request.chatId);
  const ms = retryAfterMs(trouble);
  return ms === 0 ? { kind: 'retry' } : { kind: 'retry-after', ms };
}

/** Drops what somebody else than the requester has asked for: the request goes on unchanged. */
function refuseAction(request: MediaRequest, error: unknown, { requests, refusals }: SubmitterOptions): void {
  const isReplaced = requests.get(request.id)?.actorId !== request.actorId; // by the wish of another person meanwhile
  if (!isReplaced && request.state === 'watching') requests.dropCancel(request.id);
  else if (!isReplaced) requests.dropRetry(request.id);
  refusals.send(request, request.actorId, error);
}

/** Classifies a failed call. A refused key is an outage to the person: only the owner can change it. */
function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiUnavailable || hasCode(error, 'unauthorized')) return 'api-down';
  if (isProblem(error)) return error;
  return new Problem('internal');
}

function logTrouble(request: MediaRequest, error: unknown, { logger }: SubmitterOptions): void {
  if (hasCode(error, 'unauthorized'))
    logger.error('yt-app refuses the key of the bot: its digest must be in KEY_DIGESTS');
  else if (!(error instanceof ApiUnavailable) && !isProblem(error))
    logger.error({ err: error, requestId: request.key }, 'bug: submitting failed');
}

/** The ending of a request that is not submitted again; undefined while it is. */
function endingAfter(request: MediaRequest, trouble: Trouble): Ending | undefined {
  if (trouble !== 'api-down' && (!trouble.retryable || isTheirs(trouble)))
    return { kind: 'refused', problem: trouble.toDocument() };
  return Date.now() - request.changedAt > GIVE_UP_MS ? { kind: 'gave-up' } : undefined;
}

/** True for a limit of the person: they decide what to send when there is room again, which may take a day. */
function isTheirs({ code }: Problem): boolean {
  return code === 'over-limit';
}

/** The wait that yt-app asked for by `Retry-After`, in milliseconds; 0 for none. */
function retryAfterMs(trouble: Trouble): number {
  const seconds = trouble === 'api-down' ? 0 : (trouble.facts.retryAfterSeconds ?? 0);
  return Math.min(seconds * 1000, MAX_RETRY_AFTER_MS);
}
