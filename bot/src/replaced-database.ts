import { isDamage, setDatabaseAside, type Database, type Logger } from '@linkcast/kit';
import { openBotDatabase } from './bot-database.ts';

/**
 * Opens the bot's database; a damaged one is set aside, and a new one takes its place, which continues with the events from now on. A
 * backup is not used: it would report earlier ends again.
 */
export function openOrReplaceBotDatabase(file: string, logger: Pick<Logger, 'error'>): Database {
  try {
    return openBotDatabase(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = setDatabaseAside(file, new Date());
    logger.error({ err: error, aside }, 'database damaged: set aside, messages and conversations in it are lost');
    return openBotDatabase(file);
  }
}
