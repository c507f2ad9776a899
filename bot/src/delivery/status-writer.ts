import { elapsedMs, type Logger } from '@linkcast/kit';
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

/** Sends and edits the status messages of one chat. */
export function createStatusWriter({ messenger, requests, board, pause, logger }: StatusWriterOptions) {
  let lastEditAt = -Infinity;
  const editedAt = new Map<number, number>();

  const markReported = (request: MediaRequest): void => {
    requests.markReported(request);
    board.forget(request.id);
    editedAt.delete(request.id);
  };

  const noteDelivery = ({ id, key: requestId, jobId, ending }: MediaRequest, messageId: number): void => {
    if (ending === null || !requests.noteDelivery(id)) return;
    const job = ending.kind === 'job' ? ending.job : undefined;
    const facts = { ending: job?.state ?? ending.kind, ...(job && { mediaId: job.mediaId }), messageId };
    logger.info({ requestId, jobId, ...facts }, 'request delivered');
  };

  const record = (request: MediaRequest, view: StatusView, delivery: Delivery): void => {
    board.setShown(request.id, view);
    if (delivery.kind === 'delivered') noteDelivery(request, delivery.messageId);
    if (delivery.kind === 'closed' || request.state === 'ended') markReported(request);
  };

  const sendStatus = async (request: MediaRequest, view: StatusView): Promise<void> => {
    const send = (draft: MessageDraft) => messenger.send(request.chatId, draft, { replyTo: request.replyTo });
    const delivery = await sendWithPlainFallback(view, send, logger);
    if (pause.startIfNeeded(delivery)) return;
    if (delivery.kind === 'delivered') requests.setStatusMessage(request.id, delivery.messageId);
    record(request, view, delivery);
  };

  const editStatus = async (request: MediaRequest, messageId: number, view: StatusView): Promise<void> => {
    const edit = (draft: MessageDraft) => messenger.edit(request.chatId, messageId, draft);
    const delivery = await sendWithPlainFallback(view, edit, logger);
    lastEditAt = elapsedMs();
    editedAt.set(request.id, lastEditAt);
    if (pause.startIfNeeded(delivery)) return;
    if (delivery.kind === 'missing') requests.loseStatusMessage(request.id);
    else record(request, view, delivery);
  };

  return {
    /** Shows a view in the request's status message. It is shown again later when a pause is needed, however long that takes. */
    async show(request: MediaRequest, view: StatusView): Promise<void> {
      if (request.statusMessageId === null) await sendStatus(request, view);
      else await editStatus(request, request.statusMessageId, view);
    },
    /** Records that nothing more is to be reported about the request. */
    markReported,
    /** As `elapsedMs` counts; -Infinity before the first edit. */
    lastEditAt: () => lastEditAt,
    /** As `elapsedMs` counts; 0 before the first edit of this request's message. */
    editedAt: (rowId: number): number => editedAt.get(rowId) ?? 0,
  };
}

export type StatusWriter = ReturnType<typeof createStatusWriter>;
