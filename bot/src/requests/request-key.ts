/** The message that a request came with. */
export interface RequestOrigin {
  /** The bot that got it: chats and messages have the same numbers for every bot. */
  readonly botId: number;
  readonly chatId: number;
  readonly messageId: number;
}

/**
 * The Idempotency-Key of a request: the same message gives the same key, whatever is delivered twice. Keys of the version
 * before begin with `tg-` and stay as they are stored; none of these does.
 *
 * @param index which of the message's links, from 0.
 */
export function requestKey({ botId, chatId, messageId }: RequestOrigin, index = 0): string {
  const key = `tg${botId}-${chatId}-${messageId}`;
  return index === 0 ? key : `${key}-${index}`;
}
