import { z } from 'zod';
import { YtAppConfig } from '../config.ts';

/** The settings that say where the database and the media are. */
export const RebuildConfig = z.object({
  DATA_DIR: YtAppConfig.shape.DATA_DIR,
  MEDIA_DIR: YtAppConfig.shape.MEDIA_DIR,
  DATABASE_URL: YtAppConfig.shape.DATABASE_URL,
  LANGUAGE: YtAppConfig.shape.LANGUAGE,
});
