import type { Logger } from '@linkcast/kit';
import type { createDeliveryPause } from './delivery-pause.ts';
import type { ErrandAnswers } from './errand-answers.ts';
import { escapeHtml, stripHtml, type MessageDraft } from './message-draft.ts';
import type { Delivery, Messenger } from './messenger.ts';
import type { Letter, Outbox } from './outbox.ts';
import type { MediaRequest } from './media-request.ts';
import type { RequestStore } from './request-store.ts';
import type { StatusBoard } from './status-board.ts';
import type { StatusView } from './status-view.ts';

export interface ChatWriterDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly answers: ErrandAnswers;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly pause: ReturnType<typeof createDeliveryPause>;
  readonly logger: Logger;
}

/** An answer of yt-app that could not be sent is tried again as it is for so long, then yt-app is asked anew. */
const ANSWER_LIFE_MS = 60_000;
/** How long the end of a job is tried to be told. */
const ENDING_LIFE_MS = 86_400_000;

/** Writes letters and status messages to one chat, and keeps account of what came of it. */
export function createChatWriter(chatId: number, deps: ChatWriterDeps) {
  const { messenger, outbox, answers, requests, board, pause, logger } = deps;
  let lastEditAt = 0;
  let answered: { letterId: number; draft: MessageDraft; at: number } | undefined;
  const editedAt = new Map<number, number>();

  const contentOf = async (letter: Letter): Promise<MessageDraft> => {
    if (letter.errand === null) return letter;
    const isFresh = answered?.letterId === letter.id && Date.now() - answered.at < ANSWER_LIFE_MS;
    if (!answered || !isFresh)
      answered = { letterId: letter.id, draft: await answers.draft(letter.errand), at: Date.now() };
    return answered.draft;
  };

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
      const isExpired = Date.now() - letter.writtenAt > letter.lifetimeMs;
      if (!isExpired) {
        const content = await contentOf(letter);
        const delivery = await withPlainFallback(content, (draft) => messenger.send(chatId, draft, letter.replyTo));
        if (pause.isNeeded(delivery)) return;
      }
      answered = undefined;
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
