import path from 'node:path';
import { durationSeconds } from '@linkcast/kit';
import { z } from 'zod';

/** The settings of yt-app about its folders, and about the database and the backups in them. */
export const folderSettings = {
  MEDIA_DIR: z
    .string()
    .default('./data/media')
    .transform((text) => path.resolve(text))
    .describe('Directory of the library’s files.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((text) => path.resolve(text))
    .describe('Directory of databases and state.'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s]+$/, 'must be a URL that begins with postgres://')
    .optional()
    .describe('A PostgreSQL database instead of the SQLite file in DATA_DIR: `postgres://user:password@host/name`.'),
  BACKUP_DIR: z
    .string()
    .transform((text) => path.resolve(text))
    .optional()
    .describe(
      'Directory of the backups, on another disk than DATA_DIR. Without it none is made, except by `make backup TO=…`.',
    ),
  BACKUP_EVERY: durationSeconds()
    .refine((seconds) => seconds >= 3600, 'must be at least an hour')
    .default(86_400)
    .describe('Time from one backup to the next: `1d`, `12h`.'),
  IMPORT_DIR: z
    .string()
    .transform((text) => path.resolve(text))
    .optional()
    .describe(
      'Watched directory: videos and music that are put there become items of an owner. Its files are linked or copied, never moved or changed.',
    ),
};
