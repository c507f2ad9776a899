/** Makes the rows of the library from the media folders, while yt-app does not run, and prints what has changed. */
import { createLogger, FolderInUse, loadConfigOrExit, lockFolder } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import path from 'node:path';
import { openAppDatabase } from '../database/app-database.ts';
import { MoveRefused } from '../database/move/move-refused.ts';
import { requireSoleUse } from '../database/move/sole-use.ts';
import { RebuildConfig } from './config.ts';
import { rebuildLibrary } from './rebuild-library.ts';

const MOST_NAMED = 10;
const config = loadConfigOrExit(RebuildConfig, process.env);
process.umask(0o027); // as yt-app's: nginx's workers read media through their group
const { backup: texts } = textsOf(config.LANGUAGE);
const logger = createLogger({ service: 'rebuild-library', level: 'error', secrets: [config.DATABASE_URL] });
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

try {
  lockFolder(config.DATA_DIR, 'yt-app'); // until this process ends
  await rebuild();
} catch (error) {
  if (error instanceof FolderInUse) fail(texts.inUse({ where: config.DATA_DIR }));
  else if (error instanceof MoveRefused) fail(texts.inUse({ where: 'PostgreSQL' }));
  else throw error;
}

async function rebuild(): Promise<void> {
  const location = config.DATABASE_URL ?? path.join(config.DATA_DIR, 'yt-app.sqlite');
  const database = await openAppDatabase(location, { beforeMigration: requireSoleUse });
  try {
    const options = { database, mediaDir: config.MEDIA_DIR, logger, signal: interruption.signal };
    const recovery = await rebuildLibrary(options);
    if (!recovery) {
      fail(texts.mediaMissing({ path: config.MEDIA_DIR }));
      return;
    }
    const { restored, rebuilt, dropped, kept } = recovery;
    process.stdout.write(`${texts.rebuilt({ restored, rebuilt: rebuilt.length, dropped })}\n`);
    if (kept.length > 0)
      process.stdout.write(`${texts.keptFolders({ count: kept.length, ids: kept.slice(0, MOST_NAMED).join(', ') })}\n`);
  } finally {
    await database.close();
  }
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
