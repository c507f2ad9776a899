import { digestOf, type Database } from '@linkcast/kit';
import type { InitData } from './init-data.ts';

/** Stores used `initData` until it expires, so that it signs in once. */
export interface UsedInitData {
  /** @returns false when it was used before. */
  use(initData: Pick<InitData, 'hash' | 'expiresAt'>): boolean;
}

export function createUsedInitData(database: Database, clock: () => number = Date.now): UsedInitData {
  return {
    use({ hash, expiresAt }) {
      database.prepare('DELETE FROM used_init_data WHERE expires_at <= ?').run(clock());
      const insert = 'INSERT INTO used_init_data (digest, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING';
      return database.prepare(insert).run(digestOf(hash), expiresAt).changes > 0;
    },
  };
}
