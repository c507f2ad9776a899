import type { MemberRole, Membership } from '@linkcast/contracts';
import { isSameSecret, type Database } from '@linkcast/kit';
import { z } from 'zod';

export interface PeopleStoreOptions {
  readonly database: Database;
  /** Numeric Telegram ids. */
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
  /** The code that makes its first sender the owner, while there is none. */
  readonly ownerCode: string;
  readonly now?: () => number;
}

/** `too-many`: the code was not compared. `no-claim`: there is an owner already. */
export type ClaimResult = 'claimed' | 'wrong' | 'too-many' | 'no-claim';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MAX_WRONG_CODES = 5;
/** Sign-in links for one person in an hour. */
export const MAX_SIGN_INS = 5;

const Person = z.object({
  refused_at: z.number(),
  wrong_codes: z.number(),
  wrong_since: z.number(),
  sign_ins: z.number(),
  sign_ins_since: z.number(),
});

/** The people who may use the bot: an allow-list of numeric ids (names can change hands), and the owner who claimed it. */
export function createPeopleStore({ database, allowedUsers, owners, ownerCode, now = Date.now }: PeopleStoreOptions) {
  const allOwners = (): number[] => {
    const claimed = database.prepare('SELECT user_id FROM people WHERE is_owner = 1').pluck().all();
    return [...new Set([...owners, ...z.array(z.number()).parse(claimed)])];
  };
  const hasOwner = (): boolean => allOwners().length > 0;
  const roleOf = (userId: number): MemberRole | undefined => {
    if (allOwners().includes(userId)) return 'owner';
    return allowedUsers.includes(userId) ? 'member' : undefined;
  };
  const person = (userId: number) => {
    database.prepare('INSERT INTO people (user_id) VALUES (?) ON CONFLICT DO NOTHING').run(userId);
    const row = database.prepare('SELECT * FROM people WHERE user_id = ?').get(userId);
    return Person.parse(row);
  };

  return {
    hasOwner,
    /** Telegram ids of the owners: those of the settings, and the person who claimed the bot. */
    owners: allOwners,
    /** The role of a person; undefined for a stranger. */
    roleOf,
    /** All people who may use the bot and the site, each once. */
    members: (): Membership['members'] =>
      [...new Set([...allOwners(), ...allowedUsers])].map((telegramId) => ({
        telegramId,
        role: roleOf(telegramId) ?? 'member',
      })),

    /** True when this person may get another sign-in link, which is counted. */
    maySignIn(userId: number): boolean {
      const { sign_ins: count, sign_ins_since: since } = person(userId);
      const isSameHour = now() - since < HOUR_MS;
      if (isSameHour && count >= MAX_SIGN_INS) return false;
      database
        .prepare('UPDATE people SET sign_ins = ?, sign_ins_since = ? WHERE user_id = ?')
        .run(isSameHour ? count + 1 : 1, isSameHour ? since : now(), userId);
      return true;
    },

    /** True once a day for a stranger, who is then to be refused. */
    mayRefuse(userId: number): boolean {
      if (now() - person(userId).refused_at < DAY_MS) return false;
      database.prepare('UPDATE people SET refused_at = ? WHERE user_id = ?').run(now(), userId);
      return true;
    },

    /** Makes the sender of the right code the owner. Five wrong codes an hour are compared for each person. */
    claim(userId: number, code: string): ClaimResult {
      if (hasOwner()) return 'no-claim';
      const { wrong_codes: count, wrong_since: since } = person(userId);
      const isSameHour = now() - since < HOUR_MS;
      if (isSameHour && count >= MAX_WRONG_CODES) return 'too-many';
      if (isSameSecret(code, ownerCode)) {
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

export type PeopleStore = ReturnType<typeof createPeopleStore>;
