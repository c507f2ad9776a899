import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { SQLITE_HISTORY } from './migrations/migrations.ts';
import { postgresBaseline } from './migrations/postgres-baseline.ts';
import type { OpenDatabase } from './open-database.ts';
import { LOCK_STATEMENT, SENT_AHEAD, watchConnections } from './postgres-connections.ts';
import { createTurnSocket } from './turn-socket.ts';

/** Connections; PostgreSQL's own limit is 100 unless its owner has set another. */
const MOST_CONNECTIONS = 10;
const CONNECT_LIMIT_MS = 5000;
/** A query that takes longer has lost its server. */
const QUERY_LIMIT_MS = 30_000;

/** Opens a PostgreSQL database; the first query connects. @param url may contain a password. */
export function openPostgres(url: string): OpenDatabase {
  // `pg` gives bigint as text otherwise. Times in milliseconds and sizes in bytes are below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: QUERY_LIMIT_MS,
    stream: createTurnSocket,
    pipeline: true, // a statement can be sent before the one ahead of it is answered
    idleTimeoutMillis: 0, // an idle yt-app stays connected: a move of the database sees that it runs
    application_name: 'linkcast',
  });
  // A lost connection fails its query, or the next one opens another; without listeners the error would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const root = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: watchConnections(pool) }) });
  return {
    kind: 'postgres',
    root,
    freeSpace: () => false, // its disk is the server's
    async lock(name, transaction) {
      await transaction.executeQuery(CompiledQuery.raw(LOCK_STATEMENT, [name]));
    },
    async write({ sql: text, parameters }, transaction) {
      await transaction.executeQuery(CompiledQuery.raw(`${text} ${SENT_AHEAD}`, [...parameters]));
    },
    beginLoad: () => Promise.resolve(),
    async endLoad() {
      await sql`ANALYZE`.execute(root); // until the server does it by itself, a minute later, its plans are those of empty tables
    },
    readVersion,
    async writeVersion(version, transaction) {
      await sql`UPDATE schema_version SET version = ${version}`.execute(transaction);
    },
  };
}

/** Reads the version; makes the first tables in an empty database. */
async function readVersion(transaction: Kysely<unknown>): Promise<number> {
  await sql`CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)`.execute(transaction);
  const { rows } = await sql<{ version: number }>`SELECT version FROM schema_version`.execute(transaction);
  if (rows[0]) return rows[0].version;
  await sql.raw(postgresBaseline).execute(transaction);
  await sql`INSERT INTO schema_version (version) VALUES (${SQLITE_HISTORY.length})`.execute(transaction);
  return SQLITE_HISTORY.length;
}
