import type { BotApiState } from '../bot-api-state.ts';
import type { Chats, MessageContent } from '../chats.ts';
import { badRequest } from '../failure.ts';
import { parseHtml, type FormattedText } from '../html.ts';
import { readKeyboard } from '../keyboard.ts';
import { messageView } from '../message-view.ts';
import { chatIdOf, integerOf, isRecord, messageIdOf, structureOf, textOf, type CallParameters } from '../parameters.ts';
import type { Methods } from './method.ts';

const MAX_TEXT = 4096;

/** The methods that write to a chat, and the answer to a pressed button. */
export function createMessageMethods(state: BotApiState): Methods {
  const { chats, openQueries } = state;
  return {
    sendChatAction(parameters) {
      chats.check(chatIdOf(parameters));
      if (textOf(parameters, 'action') === undefined) throw badRequest('wrong parameter action in request');
      return true;
    },
    sendMessage(parameters) {
      const chatId = chatIdOf(parameters);
      chats.check(chatId);
      const content = { ...readText(parameters, 'message is too long'), keyboard: readKeyboard(parameters) };
      const replyTo = readReply(chats, chatId, parameters);
      return messageView(state, chats.add(chatId, content, { fromBot: true, replyTo }));
    },
    editMessageText: (parameters) =>
      edit(state, parameters, () => ({
        ...readText(parameters, 'MESSAGE_TOO_LONG'),
        keyboard: readKeyboard(parameters),
      })),
    editMessageReplyMarkup: (parameters) =>
      edit(state, parameters, (now) => ({ ...now, keyboard: readKeyboard(parameters) })),
    deleteMessage(parameters) {
      chats.remove(chatIdOf(parameters), messageIdOf(parameters));
      return true;
    },
    answerCallbackQuery(parameters) {
      if (!openQueries.delete(textOf(parameters, 'callback_query_id') ?? ''))
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      if ((textOf(parameters, 'text') ?? '').length > 200) throw badRequest('MESSAGE_TOO_LONG');
      return true;
    },
  };
}

function edit(state: BotApiState, parameters: CallParameters, change: (now: MessageContent) => MessageContent) {
  const chatId = chatIdOf(parameters);
  return messageView(state, state.chats.edit(chatId, messageIdOf(parameters), change));
}

function readText(parameters: CallParameters, tooLong: string): FormattedText {
  const raw = textOf(parameters, 'text') ?? '';
  const mode = textOf(parameters, 'parse_mode');
  if (mode !== undefined && mode !== '' && mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  const formatted = mode ? parseHtml(raw) : { text: raw, entities: [] };
  if (formatted.text.trim() === '') throw badRequest('message text is empty');
  if (formatted.text.length > MAX_TEXT) throw badRequest(tooLong);
  return formatted;
}

function readReply(chats: Chats, chatId: number, parameters: CallParameters): number | undefined {
  const reply = structureOf(parameters, 'reply_parameters');
  if (!isRecord(reply)) return undefined;
  const messageId = integerOf(reply, 'message_id');
  const isThere = chats.list(chatId).some((message) => message.messageId === messageId && !message.deleted);
  if (isThere) return messageId;
  if (reply['allow_sending_without_reply'] === true) return undefined;
  throw badRequest('message to be replied not found');
}
