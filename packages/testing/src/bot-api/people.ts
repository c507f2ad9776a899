import type { BotApiState } from './bot-api-state.ts';
import { messageView } from './message-view.ts';

export interface SayOptions {
  /** A negative id is a group. Default: the private chat with the user. */
  readonly chatId?: number;
  /** More members of the message: `caption`, `entities`, `reply_to_message`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export interface PressOptions {
  /** Default: the private chat with the user. */
  readonly chatId?: number;
}

/** The side of the server that people are on. */
export interface People {
  /** A person writes; returns the id of the message. Commands at the start are marked as Telegram does. */
  say(userId: number, text: string, options?: SayOptions): number;
  /** A person presses the button with this text (or callback data); returns the id of the callback query. */
  press(userId: number, messageId: number, button: string, options?: PressOptions): string;
  /** Sets the `language_code` of a person's later updates; undefined: none. Default: `en`. */
  setLanguage(userId: number, languageCode: string | undefined): void;
}

export function createPeople(state: BotApiState): People {
  const { chats, updates } = state;
  const languageCodes = new Map<number, string | undefined>();
  let queryCount = 0;

  const person = (userId: number) => {
    const code = languageCodes.has(userId) ? languageCodes.get(userId) : 'en';
    const language = code === undefined ? {} : { language_code: code };
    return { id: userId, is_bot: false, first_name: `Person ${userId}`, ...language };
  };

  return {
    say(userId, text, { chatId = userId, members = {} } = {}) {
      const content = { text, entities: commandEntity(text), keyboard: [] };
      const message = chats.add(chatId, content, { fromBot: false, replyTo: undefined });
      updates.push({ message: { ...messageView(state, message, person(userId)), ...members } });
      return message.messageId;
    },
    press(userId, messageId, button, { chatId = userId } = {}) {
      const message = chats.list(chatId).find((one) => one.messageId === messageId && !one.deleted);
      if (!message) throw new Error(`no message ${messageId} in chat ${chatId}`);
      const found = message.keyboard.flat().find(({ text, data }) => text.includes(button) || data === button);
      if (found?.data === undefined) throw new Error(`no button "${button}" under message ${messageId}`);
      const id = String(++queryCount);
      state.openQueries.add(id);
      const query = { id, from: person(userId), chat_instance: String(chatId), data: found.data };
      updates.push({ callback_query: { ...query, message: messageView(state, message) } });
      return id;
    },
    setLanguage: (userId, languageCode) => void languageCodes.set(userId, languageCode),
  };
}

function commandEntity(text: string) {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command === undefined ? [] : [{ type: 'bot_command', offset: 0, length: command.length }];
}
