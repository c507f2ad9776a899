import type { MediaType } from '@linkcast/contracts';
import { fileSourceUrl } from '../requests/file-source.ts';
import { requestKey } from '../requests/request-key.ts';
import type { MessageFile } from '../telegram/message-file.ts';
import type { PersonMessage } from '../telegram/person-update.ts';
import type { FeatureDeps } from './feature.ts';
import { receiveLink } from './received-link.ts';

const MAX_NAME = 200;

/** Adds a request for the file of a message, and ends the dialogue. @param asked the type that the person asked to send */
export function requestFile(
  message: PersonMessage,
  file: MessageFile,
  asked: MediaType | undefined,
  deps: FeatureDeps,
): void {
  const { chatId, userId, messageId } = message;
  const { bot: words } = deps.languages.textsFor(userId);
  deps.conversations.forget(message);
  const type = asked ?? file.type;
  const name = file.name ?? `${firstLine(message.text) || words.file.title[file.type]}.mp4`; // the end is that of a file name
  const url = fileSourceUrl({ fileId: file.fileId, name: name.slice(0, MAX_NAME) });
  const key = requestKey({ botId: deps.botId, chatId, messageId });
  receiveLink({ key, chatId, userId, url, type, replyTo: messageId }, deps);
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').trim().slice(0, MAX_NAME - 4);
}
