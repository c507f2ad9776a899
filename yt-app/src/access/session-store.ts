import { SESSION_TOKEN } from '@linkcast/contracts';
import { digestOf, isSameDigest } from '@linkcast/kit';
import type { Generated, Insertable, Kysely, Selectable } from 'kysely';
import type { AppDatabase } from '../database/app-database.ts';
import { writeIfPossible } from '../database/optional-write.ts';
import { randomId } from '../random-id.ts';
import { createSecretToken } from '../secret-token.ts';

/** One signed-in browser; times are milliseconds since 1970. */
export interface SessionRecord {
  readonly id: string;
  readonly personId: string;
  readonly device: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
}

/** The person and the browser of a new session. */
export type SessionFacts = Pick<SessionRecord, 'personId' | 'device'>;

export interface NewSession {
  readonly token: string;
  readonly session: SessionRecord;
}

/** The valid sessions; expired ones are never returned. */
export interface SessionStore {
  /** Of more than 50 sessions of a person, the least recently used ends. @returns the session, and its token, which is not stored. */
  create(facts: SessionFacts): Promise<NewSession>;
  /** Finds the session of a token, and extends it to 90 days from now. */
  find(token: string): Promise<SessionRecord | undefined>;
  /** Lists the sessions, the last used first: all, or those of one person. */
  list(personId?: string): Promise<SessionRecord[]>;
  /** @returns false when there was none. */
  end(id: string): Promise<boolean>;
  /** @param keptId the session that stays. @returns the number of sessions that ended. */
  endOf(personId: string, keptId?: string): Promise<number>;
}

const TOKEN_BYTES = 32;
const LIFETIME_MS = 90 * 86_400_000;
const MAX_PER_PERSON = 50;
/** The use of a session is written this often at most: a player requests a segment every few seconds. */
const NOTE_USE_MS = 3_600_000;

interface SessionRow {
  number: Generated<number>;
  id: string;
  digest: Buffer;
  person_id: string;
  device: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

interface SessionTables {
  sessions: SessionRow;
}

export function createSessionStore(database: AppDatabase, clock: () => number = Date.now): SessionStore {
  const query = () => database.tables<SessionTables>();

  const deleteExpired = (now: number) => query().deleteFrom('sessions').where('expires_at', '<=', now).execute();
  const used = async (session: SessionRecord): Promise<SessionRecord> => {
    const now = clock();
    if (now - session.seenAt < NOTE_USE_MS) return session;
    const times = { seenAt: now, expiresAt: now + LIFETIME_MS };
    const columns = { seen_at: times.seenAt, expires_at: times.expiresAt };
    await writeIfPossible(query().updateTable('sessions').set(columns).where('id', '=', session.id).execute());
    return { ...session, ...times };
  };

  return {
    create: (facts) =>
      database.transaction(async () => {
        await database.lock(`sessions ${facts.personId}`);
        const now = clock();
        const token = createSecretToken(TOKEN_BYTES);
        const session = { id: randomId(), ...facts, createdAt: now, seenAt: now, expiresAt: now + LIFETIME_MS };
        await deleteExpired(now);
        await query()
          .insertInto('sessions')
          .values(toRow(session, digestOf(token)))
          .execute();
        await endSurplus(query(), facts.personId);
        return { token, session };
      }),
    async find(token) {
      if (!SESSION_TOKEN.test(token)) return undefined;
      const digest = digestOf(token);
      const row = await query()
        .selectFrom('sessions')
        .selectAll()
        .where('digest', '=', digest)
        .where('expires_at', '>', clock())
        .executeTakeFirst();
      return row && isSameDigest(row.digest, digest) ? used(toRecord(row)) : undefined;
    },
    async list(personId) {
      let sessions = query().selectFrom('sessions').selectAll().where('expires_at', '>', clock());
      if (personId !== undefined) sessions = sessions.where('person_id', '=', personId);
      const rows = await sessions.orderBy('seen_at', 'desc').orderBy('number', 'desc').execute();
      return rows.map(toRecord);
    },
    async end(id) {
      const { numDeletedRows } = await query().deleteFrom('sessions').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async endOf(personId, keptId) {
      let ended = query().deleteFrom('sessions').where('person_id', '=', personId);
      if (keptId !== undefined) ended = ended.where('id', '<>', keptId);
      return Number((await ended.executeTakeFirst()).numDeletedRows);
    },
  };
}

/** Ends the least recently used sessions of a person with too many. */
async function endSurplus(tables: Kysely<SessionTables>, personId: string): Promise<void> {
  await tables
    .deleteFrom('sessions')
    .where('person_id', '=', personId)
    .where('number', 'not in', (kept) =>
      kept
        .selectFrom('sessions')
        .select('number')
        .where('person_id', '=', personId)
        .orderBy('seen_at', 'desc')
        .orderBy('number', 'desc')
        .limit(MAX_PER_PERSON),
    )
    .execute();
}

function toRow(session: SessionRecord, digest: Buffer): Insertable<SessionRow> {
  const { id, personId, device, createdAt, seenAt, expiresAt } = session;
  const times = { created_at: createdAt, seen_at: seenAt, expires_at: expiresAt };
  return { id, digest, person_id: personId, device, ...times };
}

function toRecord(row: Selectable<SessionRow>): SessionRecord {
  return {
    id: row.id,
    personId: row.person_id,
    device: row.device,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
