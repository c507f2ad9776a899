/**
 * Makes one backup while everything runs, and prints where it is and what is not in it.
 *
 *   main.ts [--scheduled]
 *
 *   --scheduled   nobody waits for it
 */
import { createLogger, EXIT_IN_USE, loadConfigOrExit, type BackupFailure } from '@linkcast/kit';
import { constants, setPriority } from 'node:os';
import { message, sentenceOf, textsOf } from '@linkcast/texts';
import manifest from '../../package.json' with { type: 'json' };
import { BackupConfig } from '../backup/config.ts';
import { BackupFailed } from './backup-failed.ts';
import { makeBackup } from './make-backup.ts';
import { describeBackup } from './made-sentences.ts';

const config = loadConfigOrExit(BackupConfig, process.env);
for (const name of ['DATABASE_URL', 'BACKUP_PASSPHRASE']) Reflect.deleteProperty(process.env, name);
process.umask(0o077);
setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // requests come first
const isScheduled = process.argv.includes('--scheduled');
const { backup: texts } = textsOf(config.LANGUAGE);
const logger = createLogger({
  service: 'backup',
  level: config.LOG_LEVEL,
  secrets: [config.DATABASE_URL, config.BACKUP_PASSPHRASE],
});
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());

try {
  const made = await makeBackup({
    dataDir: config.DATA_DIR,
    mediaDir: config.MEDIA_DIR,
    databaseUrl: config.DATABASE_URL,
    directory: config.BACKUP_DIR,
    keep: config.BACKUP_KEEP,
    passphrase: config.BACKUP_PASSPHRASE,
    isMediaIncluded: config.INCLUDE_MEDIA === '1',
    isAsked: !isScheduled,
    version: manifest.version,
    signal: stopping.signal,
  });
  const { bytes, deleted } = made;
  if (isScheduled) logger.info({ path: made.path, bytes, deleted: deleted.length }, 'backup made');
  else process.stdout.write(`${describeBackup(made, texts).join('\n')}\n`);
} catch (error) {
  const failure = error instanceof BackupFailed ? error.failure : 'unexpected';
  process.exitCode = failure === 'in-progress' ? EXIT_IN_USE : 1;
  if (!stopping.signal.aborted) report(error, failure);
}

function report(error: unknown, failure: BackupFailure): void {
  if (isScheduled && failure === 'in-progress') {
    logger.info('backup skipped: another one is in progress');
    return;
  }
  if (isScheduled || failure === 'unexpected') logger.error({ err: error, failure }, 'backup failed');
  if (isScheduled) return;
  const reason = sentenceOf(message(`backup-${failure}`), config.LANGUAGE) ?? failure;
  process.stderr.write(`${texts.failed({ reason })}\n`);
}
