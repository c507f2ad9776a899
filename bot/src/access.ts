import type { Database } from '@linkcast/kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export interface AccessOptions {
  readonly database: Database;
  /** Numeric Telegram ids. */
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
  /** What makes the first person to send it the owner, as long as there is none. */
  readonly ownerCode: string;
  readonly now?: () => number;
}

/** `too-many`: not even looked at. `no-claim`: there is an owner already. */
export type ClaimResult = 'claimed' | 'wrong' | 'too-many' | 'no-claim';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MAX_WRONG_CODES = 5;

const Person = z.object({ refused_at: z.number(), wrong_codes: z.number(), wrong_since: z.number() });

/** Who may use the bot: an allow-list of numeric ids (names can change hands), and the owner who claimed it. */
export function createAccess({ database, allowedUsers, owners, ownerCode, now = Date.now }: AccessOptions) {
  const listed = new Set([...allowedUsers, ...owners]);
  const isStoredOwner = (userId: number): boolean =>
    database.prepare('SELECT 1 FROM people WHERE user_id = ? AND is_owner = 1').get(userId) !== undefined;
  const hasOwner = (): boolean =>
    owners.length > 0 || database.prepare('SELECT 1 FROM people WHERE is_owner = 1').get() !== undefined;
  const person = (userId: number) => {
    database.prepare('INSERT INTO people (user_id) VALUES (?) ON CONFLICT DO NOTHING').run(userId);
    const row = database.prepare('SELECT * FROM people WHERE user_id = ?').get(userId);
    return Person.parse(row);
  };

  return {
    hasOwner,
    isMember: (userId: number): boolean => listed.has(userId) || isStoredOwner(userId),

    /** True when a stranger is to be told that the bot is private: once a day. Remembers that they were. */
    mayRefuse(userId: number): boolean {
      if (now() - person(userId).refused_at < DAY_MS) return false;
      database.prepare('UPDATE people SET refused_at = ? WHERE user_id = ?').run(now(), userId);
      return true;
    },

    /** Someone sends a code. Five wrong ones an hour are looked at. */
    claim(userId: number, code: string): ClaimResult {
      if (hasOwner()) return 'no-claim';
      const { wrong_codes: count, wrong_since: since } = person(userId);
      const isSameHour = now() - since < HOUR_MS;
      if (isSameHour && count >= MAX_WRONG_CODES) return 'too-many';
      if (isSame(code, ownerCode)) {
        database.prepare('UPDATE people SET is_owner = 1 WHERE user_id = ?').run(userId);
        return 'claimed';
      }
      database
        .prepare('UPDATE people SET wrong_codes = ?, wrong_since = ? WHERE user_id = ?')
        .run(isSameHour ? count + 1 : 1, isSameHour ? since : now(), userId);
      return 'wrong';
    },
  };
}

export type Access = ReturnType<typeof createAccess>;

/** Compares in a time that tells nothing about the code. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
