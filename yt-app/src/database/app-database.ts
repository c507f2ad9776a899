import { openDatabase, type Database } from '@linkcast/kit';
import { accessMigration } from './migrations/access-migration.ts';
import { handlingMigration } from './migrations/handling-migration.ts';
import { idempotencyMigration } from './migrations/idempotency-migration.ts';
import { jobsMigration } from './migrations/jobs-migration.ts';
import { leasesMigration } from './migrations/leases-migration.ts';
import { libraryMigration } from './migrations/library-migration.ts';
import { problemMigration } from './migrations/problem-migration.ts';
import { stationMigration } from './migrations/station-migration.ts';
import { upkeepMigration } from './migrations/upkeep-migration.ts';
import { volumeMigration } from './migrations/volume-migration.ts';

/** The order of these never changes; new ones are added at the end. */
const MIGRATIONS = [
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
];

/** Opens yt-app's database and brings its tables up to date. `:memory:` makes one that ends with the process. */
export function openAppDatabase(file: string): Database {
  return openDatabase(file, MIGRATIONS);
}
