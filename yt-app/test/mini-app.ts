import { createHmac } from 'node:crypto';

/** A token of the shape that Telegram gives out; it belongs to no bot. */
const BOT_TOKEN = '1234567890:AAExampleExampleExampleExampleExampl';

/** What the bot hands on in place of its token. */
export const MINI_APP_KEY = createHmac('sha256', 'WebAppData').update(BOT_TOKEN).digest();

/** The fields of an opening of the Mini App at this time, in milliseconds since 1970. */
export function miniAppFields(nowMs: number, user: object = ANNA): Record<string, string> {
  return {
    query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
    user: JSON.stringify(user),
    auth_date: String(Math.floor(nowMs / 1000)),
    signature: 'c2lnbmF0dXJlIG9mIGEgdGhpcmQgcGFydHk',
  };
}

export const ANNA = { id: 1001, first_name: 'Anna & "Co"', last_name: 'Müller=+%', language_code: 'de' };

/** `initData` as a Telegram client hands it over: the fields with their hash, percent-encoded. */
export function signInitData(fields: Record<string, string>, key: Buffer = MINI_APP_KEY): string {
  return encode({ ...fields, hash: hashOf(fields, key) });
}

export function hashOf(fields: Record<string, string>, key: Buffer = MINI_APP_KEY): string {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name] ?? ''}`)
    .join('\n');
  return createHmac('sha256', key).update(text).digest('hex');
}

export function encode(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
