import { z } from 'zod';
import { YtAppConfig } from '../config.ts';

/** The settings of the backup: of its schedule, of one run, and of a restore. */
export const BackupConfig = z.object({
  DATA_DIR: YtAppConfig.shape.DATA_DIR,
  MEDIA_DIR: YtAppConfig.shape.MEDIA_DIR,
  DATABASE_URL: YtAppConfig.shape.DATABASE_URL,
  BACKUP_DIR: YtAppConfig.shape.BACKUP_DIR.unwrap().describe(
    'Directory of the backups, on another disk than DATA_DIR. Without it none is made, except by `make backup TO=…`.',
  ),
  BACKUP_EVERY: YtAppConfig.shape.BACKUP_EVERY,
  BACKUP_KEEP: z.coerce
    .number('must be a number')
    .int()
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000')
    .default(7)
    .describe('How many backups are kept; the oldest ones beyond that are deleted after a good one.'),
  BACKUP_PASSPHRASE: z
    .string()
    .min(12, 'must be at least 12 characters')
    .optional()
    .describe(
      'Encrypts the secrets in the backup. Without it they are left out. Keep it elsewhere, too: nothing else opens them.',
    ),
  INCLUDE_MEDIA: z
    .enum(['0', '1'], 'must be 0 or 1')
    .default('0')
    .describe('`1`: the media files are in the backup, too, each once for all backups. `0`: a list of them.'),
  LANGUAGE: YtAppConfig.shape.LANGUAGE,
  LOG_LEVEL: YtAppConfig.shape.LOG_LEVEL,
});
export type BackupConfig = z.infer<typeof BackupConfig>;
