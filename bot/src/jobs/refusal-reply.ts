import { isProblem } from '@linkcast/contracts';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { TextsFor } from '../people/language-store.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import { escapeHtml } from '../telegram/message-draft.ts';

export interface RefusalReplyOptions {
  readonly outbox: Pick<Outbox, 'write'>;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
  readonly languages: { readonly textsFor: TextsFor };
}

/** Replies under a status message to the person whose press of a button was refused. */
export interface RefusalReply {
  /** @param actorId the person who pressed it */
  send(request: MediaRequest, actorId: number, error: unknown): void;
}

export function createRefusalReply({ outbox, dispatcher, languages }: RefusalReplyOptions): RefusalReply {
  return {
    send({ chatId, userId, statusMessageId }, actorId, error) {
      const { bot: words, problems } = languages.textsFor(actorId);
      const sentenceOf = (): string => {
        if (!isProblem(error)) return words.apiDownNow;
        // To others than the requester, what is theirs alone does not exist.
        const isForeign = actorId !== userId && (error.code === 'forbidden' || error.code === 'not-found');
        return isForeign ? words.note.notYours : problems[error.code].sentence(error.facts);
      };
      const reply = statusMessageId === null ? {} : { replyTo: statusMessageId };
      outbox.write({ chatId, text: escapeHtml(sentenceOf()), ...reply });
      dispatcher.wake(chatId);
    },
  };
}
