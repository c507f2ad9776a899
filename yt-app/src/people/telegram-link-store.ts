import { digestOf } from '@linkcast/kit';
import type { Generated, Selectable } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { randomId } from '../random-id.ts';
import { createSecretToken } from '../secret-token.ts';

/** A link that connects a Telegram account to the person who made it; times are milliseconds since 1970. */
export interface TelegramLinkRecord {
  readonly id: string;
  readonly personId: string;
  /** The account that has opened it, and can confirm it; null: none yet. */
  readonly telegramId: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The links of the last minutes. */
export interface TelegramLinkStore {
  /** Makes the one link of a person; an earlier one ends. @returns the link, and its code, which is not stored. */
  create(personId: string): Promise<{ readonly code: string; readonly link: TelegramLinkRecord }>;
  /** Binds a link to the first account that opens it; undefined: unknown, expired, or opened by another account. */
  open(code: string, telegramId: number): Promise<TelegramLinkRecord | undefined>;
  /** A link that this account has opened. */
  opened(id: string, telegramId: number): Promise<TelegramLinkRecord | undefined>;
  /** Ends the link of a person. */
  endOf(personId: string): Promise<void>;
}

/** The time to reach for a phone and to answer the bot's question. */
const LIFETIME_MS = 600_000;
/** 128 random bits. */
const CODE_BYTES = 16;

interface LinkRow {
  number: Generated<number>;
  id: string;
  digest: Buffer;
  person_id: string;
  telegram_id: number | null;
  created_at: number;
  expires_at: number;
}

export function createTelegramLinkStore(database: AppDatabase, clock: () => number = Date.now): TelegramLinkStore {
  const query = () => database.tables<{ telegram_links: LinkRow }>();
  const endOf = async (personId: string): Promise<void> => {
    await query().deleteFrom('telegram_links').where('person_id', '=', personId).execute();
  };

  return {
    create: (personId) =>
      database.transaction(async () => {
        const now = clock();
        const code = `link-${createSecretToken(CODE_BYTES)}`;
        const row = { id: randomId(), person_id: personId, created_at: now, expires_at: now + LIFETIME_MS };
        await query().deleteFrom('telegram_links').where('expires_at', '<=', now).execute();
        await endOf(personId);
        const created = await query()
          .insertInto('telegram_links')
          .values({ ...row, digest: digestOf(code), telegram_id: null })
          .returningAll()
          .executeTakeFirstOrThrow();
        return { code, link: toRecord(created) };
      }),
    async open(code, telegramId) {
      // One statement finds and binds it: of two accounts at the same time, one succeeds.
      const row = await query()
        .updateTable('telegram_links')
        .set({ telegram_id: telegramId })
        .where('digest', '=', digestOf(code))
        .where('expires_at', '>', clock())
        .where((is) => is.or([is('telegram_id', 'is', null), is('telegram_id', '=', telegramId)]))
        .returningAll()
        .executeTakeFirst();
      return row && toRecord(row);
    },
    async opened(id, telegramId) {
      const row = await query()
        .selectFrom('telegram_links')
        .selectAll()
        .where('id', '=', id)
        .where('telegram_id', '=', telegramId)
        .where('expires_at', '>', clock())
        .executeTakeFirst();
      return row && toRecord(row);
    },
    endOf,
  };
}

function toRecord(row: Selectable<LinkRow>): TelegramLinkRecord {
  return {
    id: row.id,
    personId: row.person_id,
    telegramId: row.telegram_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
