import { WayName } from '@linkcast/contracts';
import { sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, type SqlRowOf } from '../database/table.ts';

/** The way that worked last at each host. */
export interface HostWayStore {
  find(host: string): Promise<string | undefined>;
  /** @param at milliseconds since 1970. */
  note(host: string, way: string, at: number): Promise<void>;
}

const columns = {
  host: column('host', z.string()),
  way: column('way', WayName),
  workedAt: column('worked_at', z.number()),
};
const table = createTable(columns);

/** A profile of `*` has any number of hosts: those of the last time are kept. */
const MOST_HOSTS = 1000;

export function createHostWayStore(database: AppDatabase, most = MOST_HOSTS): HostWayStore {
  const query = () => database.tables<{ host_ways: SqlRowOf<typeof columns> }>();
  const prune = async (): Promise<void> => {
    const kept = sql<SqlBool>`host NOT IN (SELECT host FROM host_ways ORDER BY worked_at DESC, host LIMIT ${most})`;
    await query().deleteFrom('host_ways').where(kept).execute();
  };
  return {
    async find(host) {
      return (await table.readOne(query().selectFrom('host_ways').selectAll().where('host', '=', host)))?.way;
    },
    note: (host, way, workedAt) =>
      database.transaction(async () => {
        const row = table.writeNew({ host, way, workedAt });
        await query()
          .insertInto('host_ways')
          .values(row)
          .onConflict((conflict) => conflict.column('host').doUpdateSet(row))
          .execute();
        await prune();
      }),
  };
}
