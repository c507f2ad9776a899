import { isProblem, type ApiClient, type Job } from '@linkcast/contracts';
import { backOffMs, type Logger } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';

export interface SharerOptions {
  readonly api: Pick<ApiClient, 'shareMedia' | 'revokeShare'>;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly logger: Logger;
  /** Milliseconds after the first failure; they double up to 30 s. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;
/** A share whose answer was lost cannot be told from one that was not made, so there is an end to trying. */
const MAX_ATTEMPTS = 8;
/** How long a message waits for links that open everywhere, before it shows those that need signing in. */
const HOLD_MS = 2500;

interface Playable {
  readonly mediaId: string;
  readonly playableAt: string | null;
}

interface Waiting {
  /** `changedAt` of the request: what changed since is reason enough to try at once. */
  readonly since: number;
  readonly failures: number;
  readonly dueAt: number;
}

/** Makes a share for each request as soon as there is something to share, and revokes the shares that people end. */
export function createSharer({ api, requests, board, dispatcher, logger, retryMs = 1000 }: SharerOptions) {
  const busy = new Map<number, Promise<void>>();
  const waiting = new Map<number, Waiting>();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const waitingFor = ({ id, changedAt }: MediaRequest): Waiting | undefined => {
    const wait = waiting.get(id);
    return wait?.since === changedAt ? wait : undefined;
  };

  const share = async (request: MediaRequest, { mediaId, playableAt }: Playable): Promise<void> => {
    const made = await api.shareMedia(mediaId);
    requests.setShared(request.id, made, playableAt);
    logger.info({ requestId: request.id, shareId: made.id }, 'item shared');
  };

  const revoke = async ({ id, share: { id: shareId } }: MediaRequest): Promise<void> => {
    if (shareId !== null) await api.revokeShare(shareId).catch(unlessGone);
    requests.setUnshared(id);
    logger.info({ requestId: id, shareId }, 'sharing stopped');
  };

  const onFailure = (request: MediaRequest, error: unknown): void => {
    const { id, share: wanted, changedAt: since } = request;
    const isGone = wanted.state === 'wanted' && isProblem(error) && error.code === 'not-found';
    const isExpired = wanted.state === 'revoking' && Date.parse(wanted.expiresAt ?? '') < Date.now();
    if (isGone || isExpired) {
      requests.setUnshared(id);
      return;
    }
    const failures = (waitingFor(request)?.failures ?? 0) + 1;
    if (failures === 1) logger.warn({ requestId: id, err: error }, 'sharing or its end failed, trying again');
    const isOver = wanted.state === 'wanted' && failures >= MAX_ATTEMPTS;
    const ordered = isProblem(error) ? (error.facts.retryAfterSeconds ?? 0) * 1000 : 0;
    const backOff = Math.max(ordered, backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS }));
    const dueAt = isOver ? Infinity : Date.now() + backOff;
    waiting.set(id, { since, failures, dueAt });
  };

  const start = (request: MediaRequest, item: Playable): void => {
    const { id, chatId } = request;
    if (!waitingFor(request)) board.hold(id, Date.now() + HOLD_MS);
    const task = (request.share.state === 'revoking' ? revoke(request) : share(request, item))
      .then(() => void waiting.delete(id))
      .catch((error: unknown) => onFailure(request, error))
      .finally(() => {
        busy.delete(id);
        board.release(id);
        dispatcher.wake(chatId);
        wake();
      });
    busy.set(id, task);
  };

  const wake = (): void => {
    if (isStopped) return;
    clearTimeout(timer);
    let next = Infinity;
    for (const request of requests.sharing()) {
      const item = itemToShare(request, board.jobOf(request));
      if (!item || busy.has(request.id)) continue;
      const dueAt = waitingFor(request)?.dueAt ?? 0;
      if (dueAt <= Date.now()) start(request, item);
      else next = Math.min(next, dueAt);
    }
    if (Number.isFinite(next)) timer = setTimeout(wake, next - Date.now());
  };

  return {
    /** There is something to share or to revoke, perhaps. */
    wake,
    /** yt-app answers again: what waits is tried at once. */
    retryNow(): void {
      waiting.clear();
      wake();
    },
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await Promise.all(busy.values());
    },
  };
}

export type Sharer = ReturnType<typeof createSharer>;

/** A job's item, once it plays; undefined while there is none, or when it is going away. */
function itemToShare({ isCancelAsked }: MediaRequest, job: Job | undefined): Playable | undefined {
  if (!job?.playable || job.mediaId === null || isCancelAsked) return undefined;
  const isEndedBadly = job.state === 'failed' || job.state === 'cancelled';
  return isEndedBadly ? undefined : { mediaId: job.mediaId, playableAt: job.playableAt };
}

/** Somebody else has revoked it, or it has expired: what was asked for is the case. */
function unlessGone(error: unknown): void {
  if (!isProblem(error) || error.code !== 'not-found') throw error;
}
