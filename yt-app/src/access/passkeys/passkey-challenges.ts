import { digestOf } from '@linkcast/kit';
import type { Generated } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import { deleteSurplus } from '../../database/surplus.ts';
import { createSecretToken } from '../../secret-token.ts';

/** Lifetime of a challenge: the time that a person has to answer the browser's question. */
export const CHALLENGE_LIFETIME_MS = 300_000;

export interface NewChallenge {
  /** Secret of the page that asked. An answer without it is refused. */
  readonly id: string;
  /** Random bytes that the authenticator signs, in base64url. */
  readonly challenge: string;
}

/** The challenges that wait for an answer. Each is good once, for five minutes. */
export interface PasskeyChallenges {
  /** @param sessionId of the browser that makes a passkey, which has one challenge at a time; null: somebody signs in. */
  create(sessionId: string | null): Promise<NewChallenge>;
  /** Takes a challenge of the same session, or of a sign-in; undefined when there is none, or it has expired. */
  take(id: string, sessionId: string | null): Promise<string | undefined>;
}

const ID_BYTES = 16;
const CHALLENGE_BYTES = 32;
/** Open challenges of sign-ins at most: anybody can ask for one. A further one deletes the oldest. */
const MOST_SIGN_INS = 5000;

interface ChallengeRow {
  number: Generated<number>;
  digest: Buffer;
  challenge: string;
  session_id: string | null;
  expires_at: number;
}

export function createPasskeyChallenges(database: AppDatabase, clock: () => number = Date.now): PasskeyChallenges {
  const query = () => database.tables<{ passkey_challenges: ChallengeRow }>();

  const endSurplus = (sessionId: string | null) =>
    deleteSurplus(database, {
      table: 'passkey_challenges',
      of: { column: 'session_id', value: sessionId },
      most: sessionId === null ? MOST_SIGN_INS : 1,
    });

  return {
    create: (sessionId) =>
      database.transaction(async () => {
        const now = clock();
        const created = { id: createSecretToken(ID_BYTES), challenge: createSecretToken(CHALLENGE_BYTES) };
        const facts = { challenge: created.challenge, session_id: sessionId, expires_at: now + CHALLENGE_LIFETIME_MS };
        await query().deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
        await query()
          .insertInto('passkey_challenges')
          .values({ digest: digestOf(created.id), ...facts })
          .execute();
        await endSurplus(sessionId);
        return created;
      }),
    async take(id, sessionId) {
      // One statement finds and removes it: of two answers at the same time, one succeeds.
      const row = await query()
        .deleteFrom('passkey_challenges')
        .where('digest', '=', digestOf(id))
        .where('session_id', 'is not distinct from', sessionId)
        .returning(['challenge', 'expires_at'])
        .executeTakeFirst();
      return row && row.expires_at > clock() ? row.challenge : undefined;
    },
  };
}
