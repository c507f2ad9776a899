import type { Logger } from '@linkcast/kit';
import type { createDeliveryPause } from './delivery-pause.ts';
import type { ReplyResolver } from './reply-resolver.ts';
import { escapeHtml, stripHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { Delivery, Messenger } from '../telegram/messenger.ts';
import type { OutgoingMessage, Outbox } from './outbox.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { StatusView } from '../status/status-view.ts';

export interface ChatWriterDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly replies: ReplyResolver;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly pause: ReturnType<typeof createDeliveryPause>;
  readonly logger: Logger;
}

/** An answer of yt-app that could not be sent is tried again as it is for so long, then yt-app is asked anew. */
const ANSWER_LIFE_MS = 60_000;
/** How long the end of a job is tried to be told. */
const ENDING_LIFE_MS = 86_400_000;

/** Writes messages and status messages to one chat, and keeps account of what came of it. */
export function createChatWriter(chatId: number, deps: ChatWriterDeps) {
  const { messenger, outbox, replies, requests, board, pause, logger } = deps;
  let lastEditAt = 0;
  let answered: { messageId: number; draft: MessageDraft; at: number } | undefined;
  const editedAt = new Map<number, number>();

  const contentOf = async (message: OutgoingMessage): Promise<MessageDraft> => {
    if (message.deferredReply === null) return message;
    const isFresh = answered?.messageId === message.id && Date.now() - answered.at < ANSWER_LIFE_MS;
    if (!answered || !isFresh)
      answered = { messageId: message.id, draft: await replies.resolve(message.deferredReply), at: Date.now() };
    return answered.draft;
  };

  const settle = (request: MediaRequest): void => {
    requests.markReported(request);
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
    async sendMessage(message: OutgoingMessage): Promise<void> {
      const isExpired = Date.now() - message.writtenAt > message.lifetimeMs;
      if (!isExpired) {
        const content = await contentOf(message);
        const delivery = await withPlainFallback(content, (draft) => messenger.send(chatId, draft, message.replyTo));
        if (pause.isNeeded(delivery)) return;
      }
      answered = undefined;
      outbox.remove(message.id);
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
