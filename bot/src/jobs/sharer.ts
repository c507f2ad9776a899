import { ApiUnavailable, isProblem, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { hasCode } from './problem-code.ts';
import type { RefusalReply } from './refusal-reply.ts';

export interface SharerOptions {
  /** Returns a client that calls for a person; its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (userId: number, requestId: string) => Pick<ApiClient, 'shareMedia' | 'revokeShare'>;
  readonly requests: RequestStore;
  readonly refusals: RefusalReply;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to 30 seconds. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** Attempts to make a share. A share whose answer was lost cannot be told from one that was not made, so they are limited. */
const MAX_ATTEMPTS = 8;

/** Makes the shares that people ask for with Share, and revokes those that they end with Stop sharing. */
export function createSharer(options: SharerOptions): RetryQueue {
  const { requests, dispatcher, retryMs = 1000 } = options;
  return createRetryQueue<MediaRequest>({
    pending: requests.shares.pending,
    keyOf: ({ id }) => id,
    versionOf: ({ share }) => share.state,
    async work(request) {
      await (request.share.state === 'revoking' ? revokeShare(request, options) : makeShare(request, options));
      dispatcher.wake(request.chatId);
    },
    onFailure(request, error, failures) {
      const consequence = afterFailure(request, error, failures, options);
      dispatcher.wake(request.chatId);
      return consequence;
    },
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
  });
}

async function makeShare(request: MediaRequest, { apiAs, requests, logger }: SharerOptions): Promise<void> {
  const { id, key, jobId, ending } = request;
  const mediaId = ending?.kind === 'job' ? ending.job.mediaId : null;
  if (mediaId === null) {
    requests.shares.remove(id);
    return;
  }
  const share = await apiAs(request.share.actorId ?? request.userId, key).shareMedia(mediaId);
  requests.shares.set(id, share);
  logger.info({ requestId: key, jobId, shareId: share.id }, 'item shared');
}

async function revokeShare({ id, key, jobId, userId, share }: MediaRequest, deps: SharerOptions): Promise<void> {
  const actorId = share.actorId ?? userId;
  try {
    if (share.id !== null) await deps.apiAs(actorId, key).revokeShare(share.id);
  } catch (error) {
    // It was revoked by somebody else, or has expired. To others than the requester it may only be invisible.
    if (!hasCode(error, 'not-found') || actorId !== userId) throw error;
  }
  deps.requests.shares.remove(id);
  deps.logger.info({ requestId: key, jobId, shareId: share.id }, 'share revoked');
}

function afterFailure(request: MediaRequest, error: unknown, failures: number, deps: SharerOptions): AfterFailure {
  const { id, key, share } = request;
  const isRevoking = share.state === 'revoking';
  if (isRevoking && Date.parse(share.expiresAt ?? '') < Date.now()) {
    deps.requests.shares.remove(id); // it has expired
    return { kind: 'give-up' };
  }
  const isHopeless = !isRevoking && failures >= MAX_ATTEMPTS;
  if (isRefusal(error) || isHopeless) {
    giveUp(request, error, deps);
    return { kind: 'give-up' };
  }
  if (failures === 1) {
    deps.logger.warn({ requestId: key, err: error }, 'making or revoking a share failed, trying again');
    deps.requests.shares.showPending(id);
  }
  const retryAfterSeconds = isProblem(error) ? (error.facts.retryAfterSeconds ?? 0) : 0;
  return retryAfterSeconds === 0 ? { kind: 'retry' } : { kind: 'retry-after', ms: retryAfterSeconds * 1000 };
}

/** Leaves the share as it is, and replies to the person who pressed the button. */
function giveUp(request: MediaRequest, error: unknown, { requests, refusals }: SharerOptions): void {
  const { id, share } = request;
  if (share.state === 'revoking') requests.shares.keep(id);
  else requests.shares.remove(id);
  if (share.actorId !== null) refusals.send(request, share.actorId, error);
}

/** True for an answer that stays the same when the call is repeated. A refused key is an outage: only the owner can change it. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ApiUnavailable || hasCode(error, 'unauthorized')) return false;
  return isProblem(error) && !error.retryable;
}
