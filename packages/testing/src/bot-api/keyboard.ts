import { badRequest } from './failure.ts';
import { chatIdOf, isRecord, structureOf, type CallParameters } from './parameters.ts';

/** A button under a message: a link, a Mini App, or data that comes back when it is pressed. */
export interface TestButton {
  readonly text: string;
  readonly url?: string;
  /** Address of a Mini App. */
  readonly webApp?: string;
  readonly data?: string;
}

const MAX_DATA_BYTES = 64;
const MAX_BUTTONS = 100;

/**
 * The inline keyboard of a call; empty rows when it has none.
 *
 * @throws {BotApiFailure} 400, with the cloud's words, for what the cloud refuses.
 */
export function readKeyboard(parameters: CallParameters): TestButton[][] {
  const markup = structureOf(parameters, 'reply_markup');
  if (markup === undefined || markup === null || markup === '') return [];
  if (!isRecord(markup)) throw badRequest('object expected as reply markup');
  const rows = markup['inline_keyboard'];
  if (rows === undefined) return []; // force_reply and its like
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  const isPrivate = chatIdOf(parameters) > 0;
  const keyboard = rows.map((row: unknown[]) => row.map((button) => readButton(button, isPrivate)));
  if (keyboard.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  return keyboard.filter((row) => row.length > 0);
}

function readButton(button: unknown, isPrivate: boolean): TestButton {
  if (!isRecord(button)) throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
  const { text, url, callback_data: data, web_app: webApp } = button;
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  if (typeof url === 'string') return { text, url: checkUrl(url) };
  if (isRecord(webApp)) return { text, webApp: checkWebApp(webApp['url'], isPrivate) };
  if (typeof data !== 'string') throw badRequest('Text buttons are unallowed in the inline keyboard');
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > MAX_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  return { text, data };
}

/** HTTPS, and in private chats only (https://core.telegram.org/bots/api#inlinekeyboardbutton). */
function checkWebApp(url: unknown, isPrivate: boolean): string {
  if (!isPrivate) throw badRequest('BUTTON_TYPE_INVALID');
  if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw badRequest(`inline keyboard button Web App URL '${String(url)}' is invalid: Only HTTPS links are allowed`);
  return checkUrl(url);
}

/** http and https with a host that has a dot, or tg: links; `http://localhost` is refused, as in the cloud. */
function checkUrl(url: string): string {
  const refuse = (why: string) => badRequest(`inline keyboard button URL '${url}' is invalid: ${why}`);
  if (!URL.canParse(url)) throw refuse('Wrong HTTP URL');
  const { protocol, hostname } = new URL(url);
  if (protocol === 'tg:') return url;
  if (protocol !== 'http:' && protocol !== 'https:') throw refuse('Unsupported URL protocol');
  if (!hostname.includes('.') && !hostname.startsWith('[')) throw refuse('Wrong HTTP URL');
  return url;
}
