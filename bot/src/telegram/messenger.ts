import { TelegramError, type Telegram } from 'telegraf';
import type { Button, MessageDraft } from './message-draft.ts';

/** The result of sending or editing a message. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly messageId: number }
  /** Telegram asks for a pause. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** The message to edit was deleted. */
  | { readonly kind: 'missing' }
  /** The person blocked the bot, or the chat was deleted: nothing can be delivered there. */
  | { readonly kind: 'closed' }
  /** Telegram cannot accept this content, now or later. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Telegram did not answer, or something else answered in its name. */
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface SendOptions {
  /** The message to which this one replies, if it is still there. Default: none. */
  readonly replyTo?: number | null;
  /** True: the message comes without a sound. */
  readonly isSilent?: boolean;
}

/** Writes to chats. Its calls never reject, and end within their limit. */
export interface Messenger {
  send(chatId: number, draft: MessageDraft, options?: SendOptions): Promise<Delivery>;
  edit(chatId: number, messageId: number, draft: MessageDraft): Promise<Delivery>;
  /** Deletes a message. @returns false when it is still there. */
  remove(chatId: number, messageId: number): Promise<boolean>;
  /** Ends the progress mark of a pressed button, with a note if there is one. Failures are ignored. */
  answerPress(queryId: string, note?: string): Promise<void>;
}

export interface MessengerOptions {
  readonly telegram: Telegram;
  /** Milliseconds a call may take. Default 20,000. */
  readonly timeoutMs?: number;
  /** Aborts the calls in progress. */
  readonly signal: AbortSignal;
}

export function createMessenger({ telegram, timeoutMs = 20_000, signal }: MessengerOptions): Messenger {
  const limit = (): { signal: TelegrafSignal } => ({
    signal: asTelegrafSignal(AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  });
  const content = ({ text, keyboard }: MessageDraft) => ({
    text,
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: keyboard.map((row) => row.map(asTelegramButton)) },
  });

  return {
    send: (chatId, draft, { replyTo = null, isSilent = false } = {}) =>
      deliver(async () => {
        const reply =
          replyTo === null ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } };
        const message = await telegram.callApi(
          'sendMessage',
          { chat_id: chatId, ...content(draft), ...reply, ...(isSilent ? { disable_notification: true } : {}) },
          limit(),
        );
        return message.message_id;
      }),
    edit: (chatId, messageId, draft) =>
      deliver(async () => {
        const target = { chat_id: chatId, message_id: messageId };
        await telegram.callApi('editMessageText', { ...target, ...content(draft) }, limit());
        return messageId;
      }, messageId),
    async remove(chatId, messageId) {
      const { kind } = await deliver(async () => {
        await telegram.callApi('deleteMessage', { chat_id: chatId, message_id: messageId }, limit());
        return messageId;
      });
      return kind === 'delivered';
    },
    async answerPress(queryId, note) {
      const text = note === undefined ? {} : { text: note };
      await deliver(async () => {
        await telegram.callApi('answerCallbackQuery', { callback_query_id: queryId, ...text }, limit());
        return 0;
      });
    },
  };
}

/** telegraf declares signals with the type of a polyfill; the platform's own signals work, too. */
type TelegrafSignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;

export function asTelegrafSignal(signal: AbortSignal): TelegrafSignal {
  return signal as unknown as TelegrafSignal;
}

function asTelegramButton(button: Button) {
  if ('url' in button) return button;
  const { text } = button;
  return 'webApp' in button ? { text, web_app: { url: button.webApp } } : { text, callback_data: button.data };
}

async function deliver(call: () => Promise<number>, editedId?: number): Promise<Delivery> {
  try {
    return { kind: 'delivered', messageId: await call() };
  } catch (error) {
    const delivery = classify(error);
    return delivery.kind === 'rejected' && isUnchanged(delivery.reason) && editedId !== undefined
      ? { kind: 'delivered', messageId: editedId }
      : delivery;
  }
}

/** Telegram has no codes finer than the HTTP status, so its server's descriptions are matched; they have not changed in years. */
function classify(error: unknown): Delivery {
  if (!(error instanceof TelegramError)) return { kind: 'unreachable', reason: describeFailure(error) };
  const { code, description, parameters } = error;
  if (code === 429) return { kind: 'wait', seconds: parameters?.retry_after ?? 5 };
  if (code === 403 || /chat not found|user is deactivated|PEER_ID_INVALID/i.test(description))
    return { kind: 'closed' };
  if (code === 400 && /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(description))
    return { kind: 'missing' };
  if (code === 400) return { kind: 'rejected', reason: withoutAddresses(description) };
  return { kind: 'unreachable', reason: describeFailure(error) };
}

/** Removes addresses: Telegram quotes the URL of a refused button, which may hold a share link or a sign-in code. */
function withoutAddresses(description: string): string {
  return description.replaceAll(/https?:\/\/[^\s']*/g, 'https://…');
}

function isUnchanged(description: string): boolean {
  return description.includes('message is not modified');
}

/**
 * The reason for a failed call to Telegram, without the token: telegraf's own messages may quote the URL of the call,
 * which contains it.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof TelegramError) return withoutAddresses(error.message); // JSON of another program has no description
  if (!(error instanceof Error)) return 'unknown failure';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const type = 'type' in error && typeof error.type === 'string' ? ` ${error.type}` : '';
  return `${error.name}${code}${type}`;
}
