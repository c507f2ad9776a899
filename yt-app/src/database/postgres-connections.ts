import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { createStatementNames, type StatementNames } from './statement-names.ts';

/**
 * The classes of errors by which a server refuses a connection or ends it: lost connection, no resources, shutdown
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const SERVER_CLASSES = ['08', '53', '57'];

/**
 * The end of a statement whose answer nobody reads. Like `begin`, it counts as done when it is sent, and the next statement of the
 * connection waits for its answer and for its own: an exchange with the server less for each. The server runs all in order, and after
 * one that failed, a commit undoes the transaction.
 */
export const SENT_AHEAD = '/* sent ahead */';
/** Takes a lock by name until the end of the transaction. */
export const LOCK_STATEMENT = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) ${SENT_AHEAD}`;
const NO_ROWS = { command: 'SELECT', rowCount: 0, rows: [] } as const;

/**
 * A pool whose queries fail with {@link DatabaseUnavailable} when their connection does. Such a connection is not used again. Statements
 * that repeat are prepared. The pool's clients need `pipeline`.
 */
export function watchConnections(pool: pg.Pool): PostgresPool {
  const names = createStatementNames();
  return {
    options: pool.options,
    async connect() {
      try {
        return watchClient(await pool.connect(), names);
      } catch (error) {
        throw asFailure(error);
      }
    },
    end: () => pool.end(),
  };
}

function watchClient(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  let isBroken = false;
  let ahead: Promise<unknown>[] = [];
  const send = (text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> => {
    const name = parameters.length > 0 ? names.nameOf(text) : undefined; // `pg` sends a text without values in one message
    return client.query({ text, values: [...parameters], ...(name === undefined ? {} : { name }) });
  };
  const query = async (text: string, parameters: readonly unknown[]) => {
    const answer = send(text, parameters);
    ahead.push(answer);
    if (text === 'begin' || text.endsWith(SENT_AHEAD)) {
      answer.catch(() => undefined); // the next statement fails for the same reason
      return NO_ROWS;
    }
    const sent = ahead;
    ahead = [];
    try {
      await Promise.all(sent); // the first failure is the cause of the others
      return await answer;
    } catch (error) {
      const failure = asFailure(error);
      isBroken ||= failure instanceof DatabaseUnavailable;
      throw failure;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'], // its other form, for cursors, is not used
    release: () => client.release(isBroken),
  };
}

/** Takes every error that does not come from the server for one of the connection. */
function asFailure(error: unknown): unknown {
  const isFromServer = error instanceof pg.DatabaseError;
  if (isFromServer && !SERVER_CLASSES.includes(error.code?.slice(0, 2) ?? '')) return error;
  return new DatabaseUnavailable('the database server cannot be reached', { cause: error });
}
