import { accessMigration } from './sqlite-history/access-migration.ts';
import { collectionsMigration } from './library/collections-migration.ts';
import { deliveriesMigration } from './library/deliveries-migration.ts';
import { followingMigration } from './library/following-migration.ts';
import { damageMigration } from './storage/damage-migration.ts';
import { decodeMigration } from './storage/decode-migration.ts';
import { eventsMigration } from './events-migration.ts';
import { activityMigration } from './supervision/activity-migration.ts';
import { handlingMigration } from './sqlite-history/handling-migration.ts';
import { idempotencyMigration } from './sqlite-history/idempotency-migration.ts';
import { jobGroupsMigration } from './job-groups-migration.ts';
import { jobsMigration } from './sqlite-history/jobs-migration.ts';
import { leasesMigration } from './sqlite-history/leases-migration.ts';
import { libraryMigration } from './sqlite-history/library-migration.ts';
import { itemJobsMigration } from './library/item-jobs-migration.ts';
import { liveMigration } from './library/live-migration.ts';
import { marksMigration } from './library/marks-migration.ts';
import { limitsMigration } from './people/limits-migration.ts';
import { noticesMigration } from './notices-migration.ts';
import { ownershipMigration } from './people/ownership-migration.ts';
import { passkeysMigration } from './people/passkeys-migration.ts';
import { peopleMigration } from './people/people-migration.ts';
import { personalKeysMigration } from './people/personal-keys-migration.ts';
import { positionsMigration } from './positions-migration.ts';
import { preferencesMigration } from './people/preferences-migration.ts';
import { problemMigration } from './sqlite-history/problem-migration.ts';
import type { Migration } from './migration.ts';
import { repairMigration } from './storage/repair-migration.ts';
import { retentionMigration } from './storage/retention-migration.ts';
import { retriesMigration } from './retries-migration.ts';
import { searchTextMigration } from './search-text-migration.ts';
import { cookiesMigration } from './sources/cookies-migration.ts';
import { profilesMigration } from './sources/profiles-migration.ts';
import { sortIndexMigration } from './sqlite-history/sort-index-migration.ts';
import { stationMigration } from './sqlite-history/station-migration.ts';
import { telegramLinksMigration } from './people/telegram-links-migration.ts';
import { turnsMigration } from './turns-migration.ts';
import { upkeepMigration } from './sqlite-history/upkeep-migration.ts';
import { visibilityMigration } from './people/visibility-migration.ts';
import { volumeMigration } from './sqlite-history/volume-migration.ts';

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
  positionsMigration,
  passkeysMigration,
  visibilityMigration,
  turnsMigration,
  limitsMigration,
  preferencesMigration,
  telegramLinksMigration,
  retriesMigration,
  jobGroupsMigration,
  retentionMigration,
  activityMigration,
  damageMigration,
  repairMigration,
  collectionsMigration,
  decodeMigration,
  followingMigration,
  liveMigration,
  profilesMigration,
  cookiesMigration,
  marksMigration,
  itemJobsMigration,
  deliveriesMigration,
];
