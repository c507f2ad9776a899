import type { OpenDatabase } from '../open-database.ts';
import { MIGRATIONS, SQLITE_HISTORY } from './migrations.ts';

/** Under this lock one process migrates. */
const LOCK = 'linkcast migrations';

/**
 * Brings the tables of a database up to date. Each migration is one transaction together with its number, so that one that
 * was interrupted runs again.
 *
 * @throws when the database is of a newer version of the product.
 */
export async function migrate({ kind, root, lock, readVersion, writeVersion }: OpenDatabase): Promise<void> {
  const newest = SQLITE_HISTORY.length + MIGRATIONS.length;
  const migrateOnce = (): Promise<boolean> =>
    root.transaction().execute(async (transaction) => {
      await lock(LOCK, transaction);
      const version = await readVersion(transaction);
      if (version > newest)
        throw new Error(
          `the database is at version ${version}, but this program supports ${newest}: it is older than the data`,
        );
      const migration = MIGRATIONS[version - SQLITE_HISTORY.length];
      if (!migration) return false;
      await migration({ kind, transaction });
      await writeVersion(version + 1, transaction);
      return true;
    });
  while (await migrateOnce());
}
