import { MemberRole, SESSION_TOKEN } from '@linkcast/contracts';
import { digestOf, isSameDigest, type Database } from '@linkcast/kit';
import { z } from 'zod';
import { randomId } from '../random-id.ts';
import { createSecretToken } from './secret-token.ts';

/** One signed-in browser; times are milliseconds since 1970. */
export interface SessionRecord {
  readonly id: string;
  readonly role: MemberRole;
  /** Null: signed in with a code from the console. */
  readonly telegramId: number | null;
  readonly name: string | null;
  readonly device: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
}

/** The person and the browser of a new session. */
export type SessionFacts = Pick<SessionRecord, 'role' | 'telegramId' | 'name' | 'device'>;

/** The valid sessions; expired ones are never returned. */
export interface SessionStore {
  /** Of more than 50 sessions of a person, the least recently used ends. @returns the session, and its token, which is not stored. */
  create(facts: SessionFacts): { readonly token: string; readonly session: SessionRecord };
  /** Finds the session of a token, and extends it to 90 days from now. */
  find(token: string): SessionRecord | undefined;
  /** Lists the sessions, the last used first: all, or those of one person (null: of the console). */
  list(person?: { readonly telegramId: number | null }): SessionRecord[];
  /** @returns false when there was none. */
  end(id: string): boolean;
  /** @returns the number of sessions that ended. */
  endOf(telegramId: number): number;
}

const TOKEN_BYTES = 32;
const LIFETIME_MS = 90 * 86_400_000;
const MAX_PER_PERSON = 50;
/** The use of a session is written this often at most: a player requests a segment every few seconds. */
const NOTE_USE_MS = 3_600_000;

const Row = z
  .object({
    id: z.string(),
    digest: z.instanceof(Buffer),
    role: MemberRole,
    telegram_id: z.number().nullable(),
    name: z.string().nullable(),
    device: z.string(),
    created_at: z.number(),
    seen_at: z.number(),
    expires_at: z.number(),
  })
  .transform((row) => ({
    digest: row.digest,
    record: {
      id: row.id,
      role: row.role,
      telegramId: row.telegram_id,
      name: row.name,
      device: row.device,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
    } satisfies SessionRecord,
  }));

export function createSessionStore(database: Database, clock: () => number = Date.now): SessionStore {
  const insert = database.prepare(INSERT);
  const sweep = database.prepare('DELETE FROM sessions WHERE expires_at <= ?');
  const endSurplus = database.prepare(END_SURPLUS);
  const byDigest = database.prepare('SELECT * FROM sessions WHERE digest = ? AND expires_at > ?');
  const noteUse = database.prepare('UPDATE sessions SET seen_at = ?, expires_at = ? WHERE id = ?');
  const all = database.prepare('SELECT * FROM sessions WHERE expires_at > ? ORDER BY seen_at DESC, number DESC');

  const readAll = (): SessionRecord[] => all.all(clock()).map((row) => Row.parse(row).record);
  const used = (session: SessionRecord): SessionRecord => {
    const now = clock();
    if (now - session.seenAt < NOTE_USE_MS) return session;
    noteUse.run(now, now + LIFETIME_MS, session.id);
    return { ...session, seenAt: now, expiresAt: now + LIFETIME_MS };
  };

  return {
    create: (facts) =>
      database.transaction(() => {
        const now = clock();
        const token = createSecretToken(TOKEN_BYTES);
        const session = { id: randomId(), ...facts, createdAt: now, seenAt: now, expiresAt: now + LIFETIME_MS };
        sweep.run(now);
        insert.run({ ...session, digest: digestOf(token) });
        endSurplus.run({ telegramId: facts.telegramId, max: MAX_PER_PERSON });
        return { token, session };
      })(),
    find(token) {
      if (!SESSION_TOKEN.test(token)) return undefined;
      const digest = digestOf(token);
      const found = Row.optional().parse(byDigest.get(digest, clock()));
      return found && isSameDigest(found.digest, digest) ? used(found.record) : undefined;
    },
    list: (person) => readAll().filter((session) => !person || session.telegramId === person.telegramId),
    end: (id) => database.prepare('DELETE FROM sessions WHERE id = ?').run(id).changes > 0,
    endOf: (telegramId) => database.prepare('DELETE FROM sessions WHERE telegram_id = ?').run(telegramId).changes,
  };
}

const INSERT = `
  INSERT INTO sessions (id, digest, role, telegram_id, name, device, created_at, seen_at, expires_at)
  VALUES (@id, @digest, @role, @telegramId, @name, @device, @createdAt, @seenAt, @expiresAt)`;

const END_SURPLUS = `
  DELETE FROM sessions WHERE telegram_id IS @telegramId AND number NOT IN (
    SELECT number FROM sessions WHERE telegram_id IS @telegramId ORDER BY seen_at DESC, number DESC LIMIT @max)`;
