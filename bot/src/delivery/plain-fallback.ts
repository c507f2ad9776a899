import type { Logger } from '@linkcast/kit';
import { escapeHtml, stripHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { Delivery } from '../telegram/messenger.ts';

/** Sends a draft; when Telegram rejects its content, sends the text again without tags and buttons. */
export async function sendWithPlainFallback(
  draft: MessageDraft,
  send: (draft: MessageDraft) => Promise<Delivery>,
  logger: Logger,
): Promise<Delivery> {
  const delivery = await send(draft);
  if (delivery.kind !== 'rejected') return delivery;
  logger.error({ reason: delivery.reason }, 'telegram rejected a message, sending it plain');
  return send({ text: escapeHtml(stripHtml(draft.text)), keyboard: [] });
}
