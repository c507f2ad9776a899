import type { Logger } from '@linkcast/kit';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { StatusView } from '../status/status-view.ts';
import type { MessageDraft } from '../telegram/message-draft.ts';
import type { Delivery, Messenger } from '../telegram/messenger.ts';
import type { DeliveryPause } from './delivery-pause.ts';
import { sendWithPlainFallback } from './plain-fallback.ts';

export interface StatusWriterOptions {
  readonly messenger: Messenger;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly pause: DeliveryPause;
  readonly logger: Logger;
}

/** Milliseconds for which the end of a request is tried to be reported. */
const ENDING_LIFE_MS = 86_400_000;

/** Sends and edits the status messages of one chat. */
export function createStatusWriter({ messenger, requests, board, pause, logger }: StatusWriterOptions) {
  let lastEditAt = 0;
  const editedAt = new Map<number, number>();

  const markReported = (request: MediaRequest): void => {
    requests.markReported(request);
    board.forget(request.id);
    editedAt.delete(request.id);
  };

  const record = (request: MediaRequest, view: StatusView, delivery: Delivery): void => {
    board.setShown(request.id, view);
    if (delivery.kind === 'closed' || request.state === 'ended') markReported(request);
  };

  const sendStatus = async (request: MediaRequest, view: StatusView): Promise<void> => {
    const send = (draft: MessageDraft) => messenger.send(request.chatId, draft, request.replyTo);
    const delivery = await sendWithPlainFallback(view, send, logger);
    if (pause.startIfNeeded(delivery)) return;
    if (delivery.kind === 'delivered') requests.setStatusMessage(request.id, delivery.messageId);
    record(request, view, delivery);
  };

  const editStatus = async (request: MediaRequest, messageId: number, view: StatusView): Promise<void> => {
    const edit = (draft: MessageDraft) => messenger.edit(request.chatId, messageId, draft);
    const delivery = await sendWithPlainFallback(view, edit, logger);
    lastEditAt = Date.now();
    editedAt.set(request.id, lastEditAt);
    if (pause.startIfNeeded(delivery)) return;
    if (delivery.kind === 'missing') requests.loseStatusMessage(request.id);
    else record(request, view, delivery);
  };

  return {
    /** Shows a view in the request's status message. It is shown again later when a pause is needed. */
    async show(request: MediaRequest, view: StatusView): Promise<void> {
      const isExpired = request.state === 'ended' && Date.now() - request.changedAt > ENDING_LIFE_MS;
      if (isExpired) markReported(request);
      else if (request.statusMessageId === null) await sendStatus(request, view);
      else await editStatus(request, request.statusMessageId, view);
    },
    /** Records that nothing more is to be reported about the request. */
    markReported,
    /** Milliseconds since 1970; 0 before the first edit. */
    lastEditAt: () => lastEditAt,
    /** Milliseconds since 1970; 0 before the first edit of this request's message. */
    editedAt: (rowId: number): number => editedAt.get(rowId) ?? 0,
  };
}

export type StatusWriter = ReturnType<typeof createStatusWriter>;
