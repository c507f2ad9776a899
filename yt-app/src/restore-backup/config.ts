import { z } from 'zod';
import { BackupConfig } from '../backup/config.ts';

/** The settings of a restore. */
export const RestoreConfig = z.object({
  DATA_DIR: BackupConfig.shape.DATA_DIR,
  MEDIA_DIR: BackupConfig.shape.MEDIA_DIR,
  DATABASE_URL: BackupConfig.shape.DATABASE_URL,
  LANGUAGE: BackupConfig.shape.LANGUAGE,
});
