import type { MemberRole, Membership as MembershipList } from '@linkcast/contracts';
import { sql } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';

/** The people who may sign in, according to the bot's last list. */
export interface Membership {
  /**
   * Replaces the list. Sessions and codes of people who are no longer on it end; those of the others get the role of the
   * list. Sessions and codes without a Telegram id stay: they came from the console.
   *
   * @returns how many sessions ended.
   */
  replace(list: MembershipList): Promise<number>;
  roleOf(telegramId: number): Promise<MemberRole | undefined>;
  /** Null until the bot has sent it. */
  botName(): string | null;
  /** The key that checks `initData`; null until the bot has sent it. */
  miniAppKey(): Buffer | null;
}

/** Held by whoever changes the list, and by whoever opens a session because of it. */
export const MEMBERSHIP_LOCK = 'membership';

interface Tables {
  members: { telegram_id: number; role: MemberRole };
  sessions: { telegram_id: number | null; role: MemberRole };
  sign_in_codes: { telegram_id: number | null; role: MemberRole };
}

/**
 * Stores the list in the database: a person who is removed while yt-app is down loses their sessions with the bot's next
 * list. The key for `initData` stays in memory, because it signs in anybody as anybody; the bot sends it at each start.
 */
export function createMembership(database: AppDatabase): Membership {
  let botName: string | null = null;
  let miniAppKey: Buffer | null = null;
  const query = () => database.tables<Tables>();

  /** Deletes the rows of people who have left, and gives the others the role of the list. */
  const update = async (table: 'sessions' | 'sign_in_codes'): Promise<number> => {
    const { numDeletedRows } = await query()
      .deleteFrom(table)
      .where('telegram_id', 'is not', null)
      .where('telegram_id', 'not in', (listed) => listed.selectFrom('members').select('telegram_id'))
      .executeTakeFirst();
    await sql`UPDATE ${sql.table(table)} SET role = members.role FROM members
      WHERE members.telegram_id = ${sql.ref(`${table}.telegram_id`)}`.execute(query());
    return Number(numDeletedRows);
  };
  const replaceRows = (members: MembershipList['members']): Promise<number> =>
    database.transaction(async () => {
      await database.lock(MEMBERSHIP_LOCK);
      await query().deleteFrom('members').execute();
      const rolesById = new Map(members.map(({ telegramId, role }) => [telegramId, role])); // the last of a repeated id
      const rows = [...rolesById].map(([telegram_id, role]) => ({ telegram_id, role }));
      if (rows.length > 0) await query().insertInto('members').values(rows).execute();
      await update('sign_in_codes');
      return update('sessions');
    });

  return {
    async replace(list) {
      const ended = await replaceRows(list.members);
      botName = list.botName;
      miniAppKey = list.miniAppKey === null ? null : Buffer.from(list.miniAppKey, 'hex');
      return ended;
    },
    async roleOf(telegramId) {
      const row = await query()
        .selectFrom('members')
        .select('role')
        .where('telegram_id', '=', telegramId)
        .executeTakeFirst();
      return row?.role;
    },
    botName: () => botName,
    miniAppKey: () => miniAppKey,
  };
}
