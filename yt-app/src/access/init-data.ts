import { createHmac } from 'node:crypto';
import { TelegramId } from '@linkcast/contracts';
import { isSameDigest, parseJson } from '@linkcast/kit';
import { z } from 'zod';

/** The person who opened a Mini App, according to Telegram. */
export interface InitDataUser {
  readonly telegramId: number;
  readonly name: string;
}

/** Valid `initData`. */
export interface InitData {
  readonly user: InitDataUser;
  /** Identifies one opening of the Mini App. */
  readonly hash: string;
  /** The end of its validity, in milliseconds since 1970. */
  readonly expiresAt: number;
}

const MAX_AGE_SECONDS = 3600;
/** The most that Telegram's clock may be ahead of ours. */
const MAX_AHEAD_SECONDS = 60;

const User = z.object({
  id: TelegramId,
  first_name: z.string().min(1).max(100),
  last_name: z.string().max(100).optional(),
});

/**
 * Checks a Mini App's `initData` by Telegram's rules: the pairs are decoded, all but `hash` are sorted by key and joined
 * by line feeds, and the HMAC-SHA-256 of that is `hash`. `signature` is for third parties, and an ordinary pair here.
 * Source: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
 *
 * @param key HMAC-SHA-256 of the bot's token with the key `WebAppData`.
 * @returns undefined for everything else: altered, of another bot, over an hour old, from the future, with a key twice.
 */
export function readInitData(text: string, key: Buffer, nowMs: number): InitData | undefined {
  const pairs = [...new URLSearchParams(text)];
  const fields = new Map(pairs);
  if (fields.size !== pairs.length) return undefined;
  const hash = fields.get('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash) || !isSameDigest(Buffer.from(hash, 'hex'), expectedHash(pairs, key)))
    return undefined;
  const madeAt = secondsOf(fields.get('auth_date'));
  const age = nowMs / 1000 - madeAt;
  if (!(age <= MAX_AGE_SECONDS && age >= -MAX_AHEAD_SECONDS)) return undefined;
  const user = readUser(fields.get('user') ?? '');
  return user && { user, hash, expiresAt: (madeAt + MAX_AGE_SECONDS) * 1000 };
}

function expectedHash(pairs: readonly (readonly [string, string])[], key: Buffer): Buffer {
  const lines = pairs
    .filter(([name]) => name !== 'hash')
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return createHmac('sha256', key).update(lines.join('\n')).digest();
}

function secondsOf(text = ''): number {
  return /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}

function readUser(text: string): InitDataUser | undefined {
  const user = User.safeParse(parseJson(text)).data;
  return user && { telegramId: user.id, name: [user.first_name, user.last_name ?? ''].join(' ').trim() };
}
