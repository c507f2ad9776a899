import type { Logger } from '@linkcast/kit';
import { createChatWriter } from './chat-writer.ts';
import { createDeliveryPause } from './delivery-pause.ts';
import type { ReplyResolver } from './reply-resolver.ts';
import type { Messenger } from '../telegram/messenger.ts';
import type { OutgoingMessage, Outbox } from './outbox.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { StatusView } from '../status/status-view.ts';

/**
 * Milliseconds between two edits in one chat. Telegram allows about one a second, and in groups 20 messages a minute;
 * edits that come faster earn pauses of minutes.
 */
export interface Pace {
  readonly progressMs: number;
  readonly milestoneMs: number;
  readonly groupProgressMs: number;
  readonly groupMilestoneMs: number;
  /** The first pause after a failure; it doubles up to a minute. */
  readonly retryMs: number;
}

const PACE: Pace = {
  progressMs: 3000,
  milestoneMs: 1100,
  groupProgressMs: 6000,
  groupMilestoneMs: 3100,
  retryMs: 1000,
};
/** After a bug of ours, which would otherwise be met again at once. */
const BUG_PAUSE_MS = 60_000;

export interface ChatQueueDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly replies: ReplyResolver;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly logger: Logger;
  readonly pace?: Partial<Pace>;
}

interface MessageTask {
  readonly kind: 'message';
  readonly message: OutgoingMessage;
  readonly dueAt: number;
}

interface StatusTask {
  readonly kind: 'status';
  readonly request: MediaRequest;
  readonly view: StatusView;
  readonly dueAt: number;
  /** What goes first when both are due: 0 before 1. */
  readonly rank: number;
}

/**
 * One chat: one call to Telegram at a time, messages first, then ends and milestones, then progress. Nothing is queued
 * up: what a status message says is made when it is sent, so what happened meanwhile is in it.
 */
export function createChatQueue(chatId: number, deps: ChatQueueDeps) {
  const { outbox, requests, board, logger } = deps;
  const pace = { ...PACE, ...deps.pace };
  const isGroup = chatId < 0;
  const progressMs = isGroup ? pace.groupProgressMs : pace.progressMs;
  const milestoneMs = isGroup ? pace.groupMilestoneMs : pace.milestoneMs;
  const pause = createDeliveryPause(chatId, { retryMs: pace.retryMs, logger });
  const writer = createChatWriter(chatId, { ...deps, pause });
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isWokenAgain = false;
  let isStopped = false;

  const nextTask = (): MessageTask | StatusTask | undefined => {
    const message = outbox.first(chatId);
    if (message) return { kind: 'message', message, dueAt: pause.until() };
    const turn = ({ request }: StatusTask): number => writer.editedAt(request.id);
    return requests
      .unreported(chatId)
      .flatMap((request) => statusTask(request) ?? [])
      .sort((a, b) => a.dueAt - b.dueAt || a.rank - b.rank || turn(a) - turn(b))[0];
  };

  const statusTask = (request: MediaRequest): StatusTask | undefined => {
    if (request.isStatusLost && request.state !== 'ended') return undefined;
    const view = board.view(request);
    const task = (dueAt: number, rank: number): StatusTask => {
      const earliest = Math.max(pause.until(), board.heldUntil(request.id));
      return { kind: 'status', request, view, dueAt: Math.max(dueAt, earliest), rank };
    };
    if (request.statusMessageId === null) return task(0, 0);
    switch (board.difference(request.id, view)) {
      case 'none':
        if (request.state === 'ended') writer.settle(request);
        return undefined;
      case 'milestone':
        return task(writer.lastEditAt() + milestoneMs, 0);
      case 'progress':
        return task(writer.lastEditAt() + progressMs, 1);
    }
  };

  const work = async (): Promise<void> => {
    for (let task = nextTask(); task && !isStopped; task = nextTask()) {
      const waitMs = task.dueAt - Date.now();
      if (waitMs > 0) {
        timer = setTimeout(wake, waitMs);
        return;
      }
      if (task.kind === 'message') await writer.sendMessage(task.message);
      else await writer.showStatus(task.request, task.view);
    }
  };

  const wake = (): void => {
    if (isStopped) return;
    if (working) {
      isWokenAgain = true; // the loop may be past the point where it would have seen what is new
      return;
    }
    clearTimeout(timer);
    isWokenAgain = false;
    working = work()
      .catch(onBug)
      .finally(() => {
        working = undefined;
        if (isWokenAgain) wake();
      });
  };

  const onBug = (error: unknown): void => {
    logger.error({ err: error, chatId }, 'bug: chat queue failed');
    timer = setTimeout(wake, BUG_PAUSE_MS);
  };

  return {
    wake,
    /** Telegram replies again: what waits because it did not is tried at once. */
    retryNow(): void {
      pause.endOutage();
      wake();
    },
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
