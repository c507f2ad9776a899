import type { Notice } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createNoticeBoard } from './notice-board.ts';
import { createNoticeSources, type ObservedParts } from './notice-sources.ts';
import { createNoticeStore } from './notice-store.ts';
import { createNoticeWatch, type NoticeWatch } from './notice-watch.ts';

export interface NoticesOptions extends ObservedParts {
  readonly database: AppDatabase;
  readonly logger: Logger;
}

/** The notices of this installation, and their periodic observation. */
export interface Notices extends NoticeWatch {
  /** The open notices, the most urgent first. */
  open(): readonly Notice[];
}

export function createNotices(options: NoticesOptions): Notices {
  const { database, logger } = options;
  const sources = createNoticeSources(options);
  const board = createNoticeBoard({ sources, store: createNoticeStore(database), logger });
  return { open: () => board.open(), ...createNoticeWatch({ board, logger }) };
}
