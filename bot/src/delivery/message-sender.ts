import { elapsedMs, type Logger } from '@linkcast/kit';
import type { MessageDraft } from '../telegram/message-draft.ts';
import type { Messenger } from '../telegram/messenger.ts';
import type { DeliveryPause } from './delivery-pause.ts';
import type { OutgoingMessage, Outbox } from './outbox.ts';
import { sendWithPlainFallback } from './plain-fallback.ts';
import type { ReplyResolver } from './reply-resolver.ts';

export interface MessageSenderOptions {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly replies: ReplyResolver;
  readonly pause: DeliveryPause;
  readonly logger: Logger;
}

/** Milliseconds for which a resolved reply that could not be sent is sent again as it is; then it is resolved anew. */
const RESOLVED_LIFE_MS = 60_000;

/** Sends the messages of the outbox to one chat. */
export function createMessageSender(options: MessageSenderOptions) {
  const { messenger, outbox, replies, pause, logger } = options;
  let resolved: { messageId: number; draft: MessageDraft; at: number } | undefined;

  const contentOf = async (message: OutgoingMessage): Promise<MessageDraft> => {
    if (message.deferredReply === null) return message;
    const isFresh = resolved?.messageId === message.id && elapsedMs() - resolved.at < RESOLVED_LIFE_MS;
    if (!resolved || !isFresh)
      resolved = { messageId: message.id, draft: await replies.resolve(message.deferredReply), at: elapsedMs() };
    return resolved.draft;
  };

  return {
    /** Sends a message and removes it from the outbox. It stays there when it must be sent again later. */
    async send(message: OutgoingMessage): Promise<void> {
      const { id, chatId, replyTo, isSilent, writtenAt, lifetimeMs } = message;
      const isExpired = Date.now() - writtenAt > lifetimeMs;
      if (!isExpired) {
        const content = await contentOf(message);
        const send = (draft: MessageDraft) => messenger.send(chatId, draft, { replyTo, isSilent });
        if (pause.startIfNeeded(await sendWithPlainFallback(content, send, logger))) return;
      }
      resolved = undefined;
      outbox.remove(id);
    },
  };
}
