import type { Logger } from '@linkcast/kit';
import { createDeliveryPause } from './delivery-pause.ts';
import { stripHtml, type MessageDraft } from './message-draft.ts';
import type { Delivery, Messenger } from './messenger.ts';
import type { Letter, Outbox } from './outbox.ts';
import type { MediaRequest, RequestStore } from './request-store.ts';
import type { StatusBoard } from './status-board.ts';
import type { StatusView } from './status-view.ts';

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
/** A letter that could not be sent for an hour answers nobody's question any more. */
const LETTER_LIFE_MS = 3_600_000;
/** How long the end of a job is tried to be told. */
const ENDING_LIFE_MS = 86_400_000;

export interface LaneDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly logger: Logger;
  readonly pace?: Partial<Pace>;
}

type Task =
  | { readonly kind: 'letter'; readonly letter: Letter; readonly dueAt: number }
  | {
      readonly kind: 'status';
      readonly request: MediaRequest;
      readonly view: StatusView;
      readonly dueAt: number;
      readonly rank: number;
    };

/**
 * One chat: one call to Telegram at a time, letters first, then ends and milestones, then progress. Nothing is queued
 * up: what a status message says is made when it is sent, so what happened meanwhile is in it.
 */
export function createChatLane(chatId: number, deps: LaneDeps) {
  const { messenger, outbox, requests, board, logger } = deps;
  const pace = { ...PACE, ...deps.pace };
  const isGroup = chatId < 0;
  const progressMs = isGroup ? pace.groupProgressMs : pace.progressMs;
  const milestoneMs = isGroup ? pace.groupMilestoneMs : pace.milestoneMs;
  const pause = createDeliveryPause(chatId, { retryMs: pace.retryMs, logger });
  let lastEditAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isWokenAgain = false;
  let isStopped = false;
  /** Last edit by request, so that several jobs in one chat take turns. */
  const editedAt = new Map<number, number>();

  const nextTask = (): Task | undefined => {
    const letter = outbox.first(chatId);
    if (letter) return { kind: 'letter', letter, dueAt: pause.until() };
    return requests
      .untold(chatId)
      .flatMap((request) => statusTask(request) ?? [])
      .sort((a, b) => a.dueAt - b.dueAt || a.rank - b.rank || turn(a.request) - turn(b.request))[0];
  };

  const turn = (request: MediaRequest): number => editedAt.get(request.id) ?? 0;

  const statusTask = (request: MediaRequest): Extract<Task, { kind: 'status' }> | undefined => {
    if (request.isStatusLost && request.state !== 'ended') return undefined;
    const view = board.view(request);
    const task = (dueAt: number, rank: number) =>
      ({ kind: 'status', request, view, dueAt: Math.max(dueAt, pause.until()), rank }) as const;
    if (request.statusMessageId === null) return task(0, 0);
    const difference = board.difference(request.id, view);
    if (difference === 'none') {
      if (request.state === 'ended') settle(request);
      return undefined;
    }
    return difference === 'milestone' ? task(lastEditAt + milestoneMs, 0) : task(lastEditAt + progressMs, 1);
  };

  const settle = (request: MediaRequest): void => {
    requests.markTold(request);
    board.forget(request.id);
    editedAt.delete(request.id);
  };

  const perform = async (task: Task): Promise<void> => {
    if (task.kind === 'letter') {
      await sendLetter(task.letter);
      return;
    }
    const { request, view } = task;
    const isExpired = request.state === 'ended' && Date.now() - request.changedAt > ENDING_LIFE_MS;
    if (isExpired) settle(request);
    else if (request.statusMessageId === null) await sendStatus(request, view);
    else await editStatus(request, request.statusMessageId, view);
  };

  const sendLetter = async (letter: Letter): Promise<void> => {
    if (Date.now() - letter.writtenAt > LETTER_LIFE_MS) {
      outbox.remove(letter.id);
      return;
    }
    const delivery = await withPlainFallback(letter, (draft) => messenger.send(chatId, draft, letter.replyTo));
    if (pause.isNeeded(delivery)) return;
    outbox.remove(letter.id);
  };

  const sendStatus = async (request: MediaRequest, view: StatusView): Promise<void> => {
    const delivery = await withPlainFallback(view, (draft) => messenger.send(chatId, draft, request.replyTo));
    if (pause.isNeeded(delivery)) return;
    if (delivery.kind === 'delivered') requests.setStatusMessage(request.id, delivery.messageId);
    shown(request, view, delivery);
  };

  const editStatus = async (request: MediaRequest, messageId: number, view: StatusView): Promise<void> => {
    const delivery = await withPlainFallback(view, (draft) => messenger.edit(chatId, messageId, draft));
    lastEditAt = Date.now();
    editedAt.set(request.id, lastEditAt);
    if (pause.isNeeded(delivery)) return;
    if (delivery.kind === 'missing') requests.loseStatusMessage(request.id);
    else shown(request, view, delivery);
  };

  const shown = (request: MediaRequest, view: StatusView, delivery: Delivery): void => {
    board.setShown(request.id, view);
    if (delivery.kind === 'closed' || request.state === 'ended') settle(request);
  };

  /** What Telegram cannot read is sent again without tags and buttons: bare words are better than silence. */
  const withPlainFallback = async (draft: MessageDraft, send: (draft: MessageDraft) => Promise<Delivery>) => {
    const delivery = await send(draft);
    if (delivery.kind !== 'rejected') return delivery;
    logger.error({ chatId, reason: delivery.reason }, 'telegram rejected a message, sending it plain');
    const plain = stripHtml(draft.text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return send({ text: plain, keyboard: [] });
  };

  const work = async (): Promise<void> => {
    for (let task = nextTask(); task && !isStopped; task = nextTask()) {
      const waitMs = task.dueAt - Date.now();
      if (waitMs > 0) {
        timer = setTimeout(wake, waitMs);
        return;
      }
      await perform(task);
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
    logger.error({ err: error, chatId }, 'bug: chat lane failed');
    timer = setTimeout(wake, BUG_PAUSE_MS);
  };

  return {
    wake,
    /** Telegram answers again: what waits because it did not is tried at once. */
    hurry(): void {
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
