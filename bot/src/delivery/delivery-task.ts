import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { StatusView } from '../status/status-view.ts';
import type { DeliveryPause } from './delivery-pause.ts';
import type { OutgoingMessage, Outbox } from './outbox.ts';
import type { ChatPace } from './pace.ts';
import type { StatusWriter } from './status-writer.ts';

interface MessageTask {
  readonly kind: 'message';
  readonly message: OutgoingMessage;
  /** As `elapsedMs` counts. */
  readonly dueAt: number;
}

interface StatusTask {
  readonly kind: 'status';
  readonly request: MediaRequest;
  readonly view: StatusView;
  /** As `elapsedMs` counts. */
  readonly dueAt: number;
  /** The order of tasks that are due at the same time: 0 before 1. */
  readonly rank: number;
}

/** One call to Telegram that a chat needs. */
export type DeliveryTask = MessageTask | StatusTask;

export interface DeliveryTaskDeps {
  readonly outbox: Outbox;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly pause: DeliveryPause;
  readonly writer: StatusWriter;
  readonly pace: ChatPace;
}

/** Chooses a chat's next task: messages first, then ends and milestones, then progress, the longest unedited first. */
export function nextTask(chatId: number, deps: DeliveryTaskDeps): DeliveryTask | undefined {
  const { outbox, requests, pause, writer } = deps;
  const message = outbox.first(chatId);
  if (message) return { kind: 'message', message, dueAt: pause.until() };
  const editedAt = ({ request }: StatusTask): number => writer.editedAt(request.id);
  return requests
    .unreported(chatId)
    .flatMap((request) => statusTask(request, deps) ?? [])
    .sort((a, b) => a.dueAt - b.dueAt || a.rank - b.rank || editedAt(a) - editedAt(b))[0];
}

function statusTask(request: MediaRequest, { board, pause, writer, pace }: DeliveryTaskDeps): StatusTask | undefined {
  if (request.isStatusLost && request.state !== 'ended' && request.question === null) return undefined;
  const view = board.view(request);
  const task = (dueAt: number, rank: number): StatusTask => {
    return { kind: 'status', request, view, dueAt: Math.max(dueAt, pause.until()), rank };
  };
  if (request.statusMessageId === null) return task(0, 0);
  switch (board.difference(request.id, view)) {
    case 'none':
      if (request.state === 'ended') writer.markReported(request);
      return undefined;
    case 'milestone':
      return task(writer.lastEditAt() + pace.milestoneMs, 0);
    case 'progress':
      return task(writer.lastEditAt() + pace.progressMs, 1);
  }
}
