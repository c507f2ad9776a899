import { isProblem, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type AfterFailure, type Logger, type RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest, StoredJob } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { hasCode } from './problem-code.ts';

export interface SharerOptions {
  /** Returns a client whose calls carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => Pick<ApiClient, 'shareMedia' | 'revokeShare'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to 30 seconds. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** Attempts to make a share. A share whose answer was lost cannot be told from one that was not made, so they are limited. */
const MAX_ATTEMPTS = 8;
/** Milliseconds for which a message waits for links that open everywhere, before it shows links that need signing in. */
const HOLD_MS = 2500;

interface ShareTask {
  readonly request: MediaRequest;
  readonly mediaId: string;
  /** `playableAt` of the job. */
  readonly playableAt: string | null;
}

/** Makes a share for each request as soon as its item is playable, and revokes the shares that people end. */
export function createSharer(options: SharerOptions): RetryQueue {
  const { requests, board, dispatcher, retryMs = 1000 } = options;
  const hold = createFirstAttemptHold(board);
  return createRetryQueue<ShareTask>({
    pending: () => requests.shares.pending().flatMap((request) => shareTask(request, board.jobOf(request)) ?? []),
    keyOf: ({ request }) => request.id,
    versionOf: ({ request }) => request.changedAt,
    async work(task) {
      const { id, chatId } = task.request;
      hold.begin(task.request);
      try {
        await (task.request.share.state === 'revoking' ? revokeShare(task.request, options) : makeShare(task, options));
        hold.forget(id);
      } finally {
        board.release(id);
        dispatcher.wake(chatId);
      }
    },
    onFailure: ({ request }, error, failures) => afterFailure(request, error, failures, options),
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
  });
}

/** Holds the status message back during the first attempt for a request, and not during later ones. */
function createFirstAttemptHold(board: StatusBoard) {
  /** `changedAt` of the requests that were attempted, by id. */
  const attempted = new Map<number, number>();
  return {
    begin({ id, changedAt }: MediaRequest): void {
      if (attempted.get(id) !== changedAt) board.hold(id, Date.now() + HOLD_MS);
      attempted.set(id, changedAt);
    },
    forget: (id: number): void => void attempted.delete(id),
  };
}

async function makeShare({ request, mediaId, playableAt }: ShareTask, deps: SharerOptions): Promise<void> {
  const share = await deps.apiFor(request.key).shareMedia(mediaId);
  deps.requests.shares.set(request.id, share, playableAt);
  deps.logger.info({ requestId: request.key, jobId: request.jobId, shareId: share.id }, 'item shared');
}

async function revokeShare({ id, key, jobId, share }: MediaRequest, deps: SharerOptions): Promise<void> {
  if (share.id !== null) await deps.apiFor(key).revokeShare(share.id).catch(ignoreNotFound);
  deps.requests.shares.remove(id);
  deps.logger.info({ requestId: key, jobId, shareId: share.id }, 'share revoked');
}

function afterFailure(
  request: MediaRequest,
  error: unknown,
  failures: number,
  { requests, dispatcher, logger }: SharerOptions,
): AfterFailure {
  const { id, key, chatId, share } = request;
  if (isImpossible(share, error)) {
    requests.shares.remove(id);
    dispatcher.wake(chatId);
    return { kind: 'give-up' };
  }
  if (failures === 1) logger.warn({ requestId: key, err: error }, 'making or revoking a share failed, trying again');
  if (share.state === 'wanted' && failures >= MAX_ATTEMPTS) return { kind: 'give-up' };
  const retryAfterSeconds = isProblem(error) ? (error.facts.retryAfterSeconds ?? 0) : 0;
  return retryAfterSeconds === 0 ? { kind: 'retry' } : { kind: 'retry-after', ms: retryAfterSeconds * 1000 };
}

/** True when the item to share does not exist, or the share to revoke has expired. */
function isImpossible({ state, expiresAt }: MediaRequest['share'], error: unknown): boolean {
  if (state === 'wanted') return hasCode(error, 'not-found');
  return Date.parse(expiresAt ?? '') < Date.now();
}

/** A request with its playable item; undefined while it has none, and when the item is about to be removed. */
function shareTask(request: MediaRequest, job: StoredJob | undefined): ShareTask | undefined {
  if (!job?.playable || job.mediaId === null || request.isCancelAsked) return undefined;
  const isEndedBadly = job.state === 'failed' || job.state === 'cancelled';
  return isEndedBadly ? undefined : { request, mediaId: job.mediaId, playableAt: job.playableAt };
}

/** A share that was revoked by somebody else, or has expired, needs no revoking. */
function ignoreNotFound(error: unknown): void {
  if (!hasCode(error, 'not-found')) throw error;
}
