import { z } from 'zod';
import { YtAppConfig } from '../config.ts';

/** The settings that say where the databases are. */
export const MoveDatabaseConfig = z.object({
  DATA_DIR: YtAppConfig.shape.DATA_DIR,
  DATABASE_URL: YtAppConfig.shape.DATABASE_URL,
  LANGUAGE: YtAppConfig.shape.LANGUAGE,
});
