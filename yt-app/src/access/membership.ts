import { MemberRole, type Membership as MembershipList } from '@linkcast/contracts';
import type { Database } from '@linkcast/kit';

/** The people who may sign in, according to the bot's last list. */
export interface Membership {
  /**
   * Replaces the list. Sessions and codes of people who are no longer on it end; those of the others get the role of the
   * list. Sessions and codes without a Telegram id stay: they came from the console.
   *
   * @returns how many sessions ended.
   */
  replace(list: MembershipList): number;
  roleOf(telegramId: number): MemberRole | undefined;
  /** Null until the bot has sent it. */
  botName(): string | null;
  /** The key that checks `initData`; null until the bot has sent it. */
  miniAppKey(): Buffer | null;
}

/**
 * Stores the list in the database: a person who is removed while yt-app is down loses their sessions with the bot's next
 * list. The key for `initData` stays in memory, because it signs in anybody as anybody; the bot sends it at each start.
 */
export function createMembership(database: Database): Membership {
  let botName: string | null = null;
  let miniAppKey: Buffer | null = null;

  const replaceRows = (members: MembershipList['members']): number =>
    database.transaction(() => {
      database.prepare('DELETE FROM members').run();
      const insert = database.prepare('INSERT OR REPLACE INTO members (telegram_id, role) VALUES (@telegramId, @role)');
      for (const member of members) insert.run(member);
      database.prepare(`DELETE FROM sign_in_codes WHERE ${HAS_LEFT}`).run();
      const { changes } = database.prepare(`DELETE FROM sessions WHERE ${HAS_LEFT}`).run();
      for (const table of ['sessions', 'sign_in_codes']) {
        database
          .prepare(
            `UPDATE ${table} SET role = members.role FROM members WHERE members.telegram_id = ${table}.telegram_id`,
          )
          .run();
      }
      return changes;
    })();

  return {
    replace(list) {
      const ended = replaceRows(list.members);
      botName = list.botName;
      miniAppKey = list.miniAppKey === null ? null : Buffer.from(list.miniAppKey, 'hex');
      return ended;
    },
    roleOf(telegramId) {
      const role = database.prepare('SELECT role FROM members WHERE telegram_id = ?').pluck().get(telegramId);
      return MemberRole.optional().parse(role);
    },
    botName: () => botName,
    miniAppKey: () => miniAppKey,
  };
}

const HAS_LEFT = 'telegram_id IS NOT NULL AND telegram_id NOT IN (SELECT telegram_id FROM members)';
