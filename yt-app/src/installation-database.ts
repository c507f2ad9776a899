import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDamage, isReadOnly, markSuspect, type Logger } from '@linkcast/kit';
import type { YtAppConfig } from './config.ts';
import { openAppDatabase } from './database/app-database.ts';
import { replaceWhenDamaged } from './database/database-loss.ts';
import { isDiskReadOnly } from './database/read-only-disk.ts';
import { hasRoomForCopy } from './database/readable-copy.ts';
import { openStoredDatabase, type StoredDatabase } from './database/stored-database.ts';

export interface InstallationDatabaseOptions {
  readonly config: Pick<YtAppConfig, 'DATABASE_URL' | 'DATA_DIR' | 'BACKUP_DIR'>;
  readonly logger: Logger;
  /**
   * Called once when the database has to be opened anew: a query has found damage, and the next opening replaces the file; or its
   * disk has become read-only, and the next opening serves a copy. Without room for one, nothing is called: what is open can be read.
   */
  readonly onUnusable: () => void;
}

/** The request that found it is answered first. */
const ANSWER_MS = 500;

/** Opens the database of the settings: a server's, or the SQLite file in DATA_DIR, whatever the state of the file and its disk. */
export async function openInstallationDatabase({
  config,
  logger,
  onUnusable,
}: InstallationDatabaseOptions): Promise<StoredDatabase> {
  if (config.DATABASE_URL !== undefined)
    return { database: await openAppDatabase(config.DATABASE_URL), reserve: undefined };
  const file = path.join(config.DATA_DIR, 'yt-app.sqlite');
  let isReported = false;
  const onError = (error: unknown): void => {
    const isDamaged = isDamage(error);
    if (isReported || !(isDamaged || (isReadOnly(error) && isDiskReadOnly(config.DATA_DIR)))) return;
    isReported = true;
    logger.error({ err: error }, isDamaged ? 'database damaged' : 'disk became read-only');
    if (isDamaged) markSuspect(file);
    void delay(ANSWER_MS).then(async () => {
      if (isDamaged || (await hasRoomForCopy(file))) onUnusable();
      else logger.error('no room for a readable copy of the database: the open one stays in use');
    });
  };
  return replaceWhenDamaged((substitute) => openStoredDatabase({ file, substitute, onError, logger }), {
    ...{ file, backupDir: config.BACKUP_DIR, logger },
  });
}
