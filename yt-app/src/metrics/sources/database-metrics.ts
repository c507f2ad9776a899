import type { AppDatabase } from '../../database/app-database.ts';
import type { MetricSource } from '../metric-source.ts';

/** The answer of the database to a query without a table. */
export function createDatabaseMetrics(database: Pick<AppDatabase, 'check' | 'limitation'>): MetricSource {
  return {
    name: 'database',
    gauges: {
      linkcast_database_latency_seconds: {
        help: 'Time of the database for the smallest query, with the wait for its turn.',
      },
      linkcast_database_writable: { help: '0: its disk is full or read-only, and changes are refused.' },
    },
    async read() {
      const startedAt = performance.now();
      await database.check();
      return {
        linkcast_database_latency_seconds: (performance.now() - startedAt) / 1000,
        linkcast_database_writable: database.limitation === undefined ? 1 : 0,
      };
    },
  };
}
