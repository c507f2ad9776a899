/** The message that contains the link of a request. */
export interface RequestOrigin {
  /** The bot that received it: two bots can have the same chat and message numbers. */
  readonly botId: number;
  readonly chatId: number;
  readonly messageId: number;
}

/**
 * The Idempotency-Key of a request. The same message gives the same key, so an update that is delivered twice makes one
 * job. Stored keys of the version before begin with `tg-`; no new key does.
 *
 * @param index number of the link in the message, from 0.
 */
export function requestKey({ botId, chatId, messageId }: RequestOrigin, index = 0): string {
  const key = `tg${botId}-${chatId}-${messageId}`;
  return index === 0 ? key : `${key}-${index}`;
}
