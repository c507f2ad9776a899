import { BOT_SCHEMA } from '@linkcast/contracts';
import type { NewestSchemas } from '@linkcast/kit';
import { MIGRATIONS, SQLITE_HISTORY } from '../database/migrations/migrations.ts';

/** The versions of the tables that this version knows. */
export const newestSchemas: NewestSchemas = {
  'yt-app': SQLITE_HISTORY.length + MIGRATIONS.length,
  bot: BOT_SCHEMA,
};
