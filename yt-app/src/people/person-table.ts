import { LanguageCode, MemberRole, noPreferences, PersonLimits, Preferences } from '@linkcast/contracts';
import type { Generated } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';

/** Preferences in the database. Those that an earlier version did not have are unset. */
const StoredPreferences = z
  .record(z.string(), z.unknown())
  .nullable()
  .transform((stored) => stored && { ...noPreferences, ...stored })
  .pipe(Preferences.nullable())
  .catch(null);

/** The columns of a person. Times are milliseconds since 1970. */
const columns = {
  id: column('id', z.string()),
  name: column('name', z.string().nullable()),
  role: column('role', MemberRole),
  /** Their own choice; null: none, or a language that this version does not have. */
  language: column('language', LanguageCode.nullable().catch(null)),
  /** Their exceptions from the default limits. */
  limits: jsonColumn('limits', PersonLimits),
  /** Null: none, or such as this version does not have. */
  preferences: jsonColumn('preferences', StoredPreferences),
  telegramId: column('telegram_id', z.number().nullable()),
  /** True for the owner who signs in at the machine itself. */
  isConsole: flagColumn('is_console'),
  invitedBy: column('invited_by', z.string().nullable()),
  createdAt: column('created_at', z.number()),
  seenAt: column('seen_at', z.number().nullable()),
  /** Null: the person is in. The row of a removed person stays, because jobs and items name it. */
  removedAt: column('removed_at', z.number().nullable()),
};

/** A person as the database has them. */
export type PersonRecord = RecordOf<typeof columns>;

/** Reads and writes rows of people. */
export const personTable = {
  ...createTable(columns),
  query: (database: AppDatabase) =>
    database.tables<{ people: SqlRowOf<typeof columns> & { number: Generated<number> } }>(),
};
