import type { Logger } from '@linkcast/kit';
import type { createDeliveryPause } from './delivery-pause.ts';
import { escapeHtml, stripHtml, type MessageDraft } from './message-draft.ts';
import type { Delivery, Messenger } from './messenger.ts';
import type { Letter, Outbox } from './outbox.ts';
import type { MediaRequest, RequestStore } from './request-store.ts';
import type { StatusBoard } from './status-board.ts';
import type { StatusView } from './status-view.ts';

export interface ChatWriterDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly pause: ReturnType<typeof createDeliveryPause>;
  readonly logger: Logger;
}

/** A letter that could not be sent for an hour answers nobody's question any more. */
const LETTER_LIFE_MS = 3_600_000;
/** How long the end of a job is tried to be told. */
const ENDING_LIFE_MS = 86_400_000;

/** Writes letters and status messages to one chat, and keeps account of what came of it. */
export function createChatWriter(chatId: number, deps: ChatWriterDeps) {
  const { messenger, outbox, requests, board, pause, logger } = deps;
  let lastEditAt = 0;
  const editedAt = new Map<number, number>();

  const settle = (request: MediaRequest): void => {
    requests.markTold(request);
    board.forget(request.id);
    editedAt.delete(request.id);
  };

  const sendStatus = async (request: MediaRequest, view: StatusView): Promise<void> => {
    const delivery = await withPlainFallback(view, (draft) => messenger.send(chatId, draft, request.replyTo));
    if (pause.isNeeded(delivery)) return;
    if (delivery.kind === 'delivered') requests.setStatusMessage(request.id, delivery.messageId);
    account(request, view, delivery);
  };

  const editStatus = async (request: MediaRequest, messageId: number, view: StatusView): Promise<void> => {
    const delivery = await withPlainFallback(view, (draft) => messenger.edit(chatId, messageId, draft));
    lastEditAt = Date.now();
    editedAt.set(request.id, lastEditAt);
    if (pause.isNeeded(delivery)) return;
    if (delivery.kind === 'missing') requests.loseStatusMessage(request.id);
    else account(request, view, delivery);
  };

  const account = (request: MediaRequest, view: StatusView, delivery: Delivery): void => {
    board.setShown(request.id, view);
    if (delivery.kind === 'closed' || request.state === 'ended') settle(request);
  };

  /** What Telegram cannot read is sent again without tags and buttons: bare words are better than silence. */
  const withPlainFallback = async (draft: MessageDraft, send: (draft: MessageDraft) => Promise<Delivery>) => {
    const delivery = await send(draft);
    if (delivery.kind !== 'rejected') return delivery;
    logger.error({ chatId, reason: delivery.reason }, 'telegram rejected a message, sending it plain');
    return send({ text: escapeHtml(stripHtml(draft.text)), keyboard: [] });
  };

  return {
    async sendLetter(letter: Letter): Promise<void> {
      const isExpired = Date.now() - letter.writtenAt > LETTER_LIFE_MS;
      if (!isExpired) {
        const delivery = await withPlainFallback(letter, (draft) => messenger.send(chatId, draft, letter.replyTo));
        if (pause.isNeeded(delivery)) return;
      }
      outbox.remove(letter.id);
    },

    async showStatus(request: MediaRequest, view: StatusView): Promise<void> {
      const isExpired = request.state === 'ended' && Date.now() - request.changedAt > ENDING_LIFE_MS;
      if (isExpired) settle(request);
      else if (request.statusMessageId === null) await sendStatus(request, view);
      else await editStatus(request, request.statusMessageId, view);
    },

    /** Nothing more is to be told about the request. */
    settle,
    /** Milliseconds since 1970; 0 before the first edit. */
    lastEditAt: () => lastEditAt,
    editedAt: (requestId: number): number => editedAt.get(requestId) ?? 0,
  };
}
