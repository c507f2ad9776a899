import type { MemberRole, Person } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';
import { z } from 'zod';

/** yt-app's last answer about a Telegram account. */
export interface KnownPerson {
  /** Null: not let in, or removed. */
  readonly role: MemberRole | null;
  /** The language that they have chosen; null: none. */
  readonly language: string | null;
  /** Milliseconds since 1970. */
  readonly answeredAt: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** Sign-in links for one person in an hour. */
export const MAX_SIGN_INS = 5;

const Row = z.object({
  role: z.enum(['owner', 'member']).nullable(),
  language: z.string().nullable(),
  answered_at: z.number(),
  refused_at: z.number(),
  hinted_at: z.number(),
  sign_ins: z.number(),
  sign_ins_since: z.number(),
});
const Ids = z.array(z.number());

/**
 * yt-app's last answers about the people who wrote to the bot, in the database, and the limits of the bot's own answers.
 * yt-app decides who may do what; these answers serve while it is away.
 */
export function createPersonStore(database: Database, now: () => number = Date.now) {
  const row = (userId: number) =>
    Row.optional().parse(database.prepare('SELECT * FROM people WHERE user_id = ?').get(userId));
  const ensured = (userId: number): z.infer<typeof Row> => {
    database.prepare('INSERT INTO people (user_id) VALUES (?) ON CONFLICT DO NOTHING').run(userId);
    return Row.parse(row(userId));
  };
  const find = (userId: number): KnownPerson | undefined => {
    const found = row(userId);
    if (!found || found.answered_at === 0) return undefined;
    return { role: found.role, language: found.language, answeredAt: found.answered_at };
  };
  const owners = (): number[] =>
    Ids.parse(database.prepare("SELECT user_id FROM people WHERE role = 'owner' ORDER BY user_id").pluck().all());

  /** True at most once in a time, which is then stored in the column. */
  const isDue = (userId: number, column: 'refused_at' | 'hinted_at', everyMs: number): boolean => {
    if (now() - ensured(userId)[column] < everyMs) return false;
    database.prepare(`UPDATE people SET ${column} = ? WHERE user_id = ?`).run(now(), userId);
    return true;
  };

  return {
    /** Undefined: yt-app has never answered about this account. */
    find,
    /** The role that yt-app answered last; undefined: none. */
    roleOf: (userId: number): MemberRole | undefined => find(userId)?.role ?? undefined,
    /** Telegram ids of the owners, as yt-app answered last. */
    owners,

    /**
     * Stores yt-app's answer about a person; null: not let in. Their language is stored, too, unless a newer choice waits to be
     * sent. An answer to a call that began before the last stored answer is ignored.
     *
     * @param startedAt the time when the call began, in milliseconds since 1970
     */
    record(userId: number, person: Pick<Person, 'role' | 'language'> | null, startedAt: number): void {
      const { answered_at: lastAt } = ensured(userId);
      if (lastAt > startedAt && lastAt <= now()) return; // later than now: the clock was set back
      database
        .prepare('UPDATE people SET role = ?, answered_at = ? WHERE user_id = ?')
        .run(person?.role ?? null, now(), userId);
      if (person === null) return;
      database
        .prepare('UPDATE people SET language = ? WHERE user_id = ? AND is_language_unsent = 0')
        .run(person.language, userId);
    },

    /** Stores the list of the owners. Those who are no owners any more are asked for again at their next message. */
    recordOwners(userIds: readonly number[]): void {
      database.transaction(() => {
        for (const userId of owners().filter((id) => !userIds.includes(id)))
          database.prepare("UPDATE people SET role = 'member', answered_at = 1 WHERE user_id = ?").run(userId);
        for (const userId of userIds) {
          ensured(userId);
          database
            .prepare("UPDATE people SET role = 'owner', answered_at = max(answered_at, 1) WHERE user_id = ?")
            .run(userId);
        }
      })();
    },

    /** True when this person may get another sign-in link, which is counted. */
    maySignIn(userId: number): boolean {
      const { sign_ins: count, sign_ins_since: since } = ensured(userId);
      const isSameHour = now() - since < HOUR_MS;
      if (isSameHour && count >= MAX_SIGN_INS) return false;
      database
        .prepare('UPDATE people SET sign_ins = ?, sign_ins_since = ? WHERE user_id = ?')
        .run(isSameHour ? count + 1 : 1, isSameHour ? since : now(), userId);
      return true;
    },

    /** True once a day for a stranger, who is then to be refused. */
    mayRefuse: (userId: number): boolean => isDue(userId, 'refused_at', DAY_MS),
    /** True once a minute for a person who is then to be asked to try again later. */
    mayHint: (userId: number): boolean => isDue(userId, 'hinted_at', MINUTE_MS),
  };
}

export type PersonStore = ReturnType<typeof createPersonStore>;
