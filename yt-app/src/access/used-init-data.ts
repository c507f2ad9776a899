import { digestOf } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { InitData } from './init-data.ts';

/** Stores used `initData` until it expires, so that it signs in once. */
export interface UsedInitData {
  /** @returns false when it was used before. */
  use(initData: Pick<InitData, 'hash' | 'expiresAt'>): Promise<boolean>;
}

interface Tables {
  used_init_data: { digest: Buffer; expires_at: number };
}

export function createUsedInitData(database: AppDatabase, clock: () => number = Date.now): UsedInitData {
  const query = () => database.tables<Tables>();
  return {
    async use({ hash, expiresAt }) {
      await query().deleteFrom('used_init_data').where('expires_at', '<=', clock()).execute();
      const { numInsertedOrUpdatedRows } = await query()
        .insertInto('used_init_data')
        .values({ digest: digestOf(hash), expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
