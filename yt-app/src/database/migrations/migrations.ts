import { accessMigration } from './access-migration.ts';
import { eventsMigration } from './events-migration.ts';
import { handlingMigration } from './handling-migration.ts';
import { idempotencyMigration } from './idempotency-migration.ts';
import { jobsMigration } from './jobs-migration.ts';
import { leasesMigration } from './leases-migration.ts';
import { libraryMigration } from './library-migration.ts';
import { noticesMigration } from './notices-migration.ts';
import { ownershipMigration } from './ownership-migration.ts';
import { peopleMigration } from './people-migration.ts';
import { personalKeysMigration } from './personal-keys-migration.ts';
import { problemMigration } from './problem-migration.ts';
import type { Migration } from './migration.ts';
import { searchTextMigration } from './search-text-migration.ts';
import { sortIndexMigration } from './sort-index-migration.ts';
import { stationMigration } from './station-migration.ts';
import { upkeepMigration } from './upkeep-migration.ts';
import { volumeMigration } from './volume-migration.ts';

/**
 * The steps of the schema of SQLite before there was another database. They are complete; the baseline of PostgreSQL is what
 * they have made.
 */
export const SQLITE_HISTORY = [
  libraryMigration,
  stationMigration,
  jobsMigration,
  accessMigration,
  upkeepMigration,
  volumeMigration,
  idempotencyMigration,
  handlingMigration,
  leasesMigration,
  problemMigration,
  sortIndexMigration,
];

/** The steps after that, for both databases. The order of these never changes; new ones are added at the end. */
export const MIGRATIONS: readonly Migration[] = [
  searchTextMigration,
  noticesMigration,
  eventsMigration,
  peopleMigration,
  personalKeysMigration,
  ownershipMigration,
];
