import { badRequest, BotApiFailure } from './failure.ts';
import type { TextEntity } from './html.ts';
import type { TestButton } from './keyboard.ts';

/** The content of a message. */
export interface MessageContent {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly keyboard: readonly (readonly TestButton[])[];
}

/** A message as it is now, with every state it had. Times are milliseconds since 1970. */
export interface TestMessage extends MessageContent {
  readonly messageId: number;
  readonly chatId: number;
  readonly fromBot: boolean;
  readonly replyTo: number | undefined;
  readonly sentAt: number;
  readonly deleted: boolean;
  /** The content before each edit came later in the list: the first is how it was sent, the last is how it is now. */
  readonly history: readonly (MessageContent & { readonly at: number })[];
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** All chats of one bot: a chat is known once somebody spoke in it, and each message remembers its edits. */
export function createChats() {
  const chats = new Map<number, TestMessage[]>();
  const blocked = new Set<number>();
  let nextId = 1;

  const messagesOf = (chatId: number): TestMessage[] => {
    const messages = chats.get(chatId);
    if (!messages) throw badRequest('chat not found');
    if (blocked.has(chatId)) throw new BotApiFailure(403, 'Forbidden: bot was blocked by the user');
    return messages;
  };
  const find = (chatId: number, messageId: number, purpose: string): [TestMessage[], number, TestMessage] => {
    const messages = messagesOf(chatId);
    const index = messages.findIndex((message) => message.messageId === messageId && !message.deleted);
    const message = messages[index];
    if (!message) throw badRequest(`message to ${purpose} not found`);
    return [messages, index, message];
  };

  return {
    open(chatId: number): void {
      if (!chats.has(chatId)) chats.set(chatId, []);
    },
    block: (chatId: number): void => void blocked.add(chatId),
    unblock: (chatId: number): void => void blocked.delete(chatId),
    /** Throws what the cloud would when nothing may be sent there. */
    check: (chatId: number): void => void messagesOf(chatId),

    add(chatId: number, content: MessageContent, by: { fromBot: boolean; replyTo: number | undefined }): TestMessage {
      const messages = by.fromBot ? messagesOf(chatId) : (chats.get(chatId) ?? []);
      chats.set(chatId, messages);
      const at = Date.now();
      const history = [{ ...content, at }];
      const message = { ...content, ...by, chatId, messageId: nextId++, sentAt: at, deleted: false, history };
      messages.push(message);
      return message;
    },

    edit(chatId: number, messageId: number, change: (now: MessageContent) => MessageContent): TestMessage {
      const [messages, index, message] = find(chatId, messageId, 'edit');
      if (!message.fromBot) throw badRequest("message can't be edited");
      const { text, entities, keyboard } = message;
      const content = change({ text, entities, keyboard });
      if (JSON.stringify(content) === JSON.stringify({ text, entities, keyboard })) throw badRequest(NOT_MODIFIED);
      const edited = { ...message, ...content, history: [...message.history, { ...content, at: Date.now() }] };
      messages[index] = edited;
      return edited;
    },

    remove(chatId: number, messageId: number): void {
      const [messages, index, message] = find(chatId, messageId, 'delete');
      messages[index] = { ...message, deleted: true };
    },

    list: (chatId: number): readonly TestMessage[] => chats.get(chatId) ?? [],
  };
}

export type Chats = ReturnType<typeof createChats>;
