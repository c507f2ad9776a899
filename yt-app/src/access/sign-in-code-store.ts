import { randomInt } from 'node:crypto';
import { SIGN_IN_CODE } from '@linkcast/contracts';
import { digestOf, isSameDigest } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';

export interface NewCode {
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** One-time codes for signing in. */
export interface SignInCodeStore {
  create(personId: string, lifetimeSeconds: number): Promise<NewCode>;
  /** Redeems a code: gives the id of its person; undefined when it is unknown, used or expired. Dashes and spaces are ignored. */
  redeem(typed: string): Promise<string | undefined>;
  /** Ends all codes of a person. */
  endOf(personId: string): Promise<void>;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LETTERS = 4;

interface Tables {
  sign_in_codes: {
    digest: Buffer;
    person_id: string;
    expires_at: number;
  };
}

export function createSignInCodeStore(database: AppDatabase, clock: () => number = Date.now): SignInCodeStore {
  const query = () => database.tables<Tables>();
  return {
    async create(personId, lifetimeSeconds) {
      const code = randomCode();
      const expiresAt = clock() + lifetimeSeconds * 1000;
      await query().deleteFrom('sign_in_codes').where('expires_at', '<=', clock()).execute();
      await query()
        .insertInto('sign_in_codes')
        .values({ digest: digestOf(code), person_id: personId, expires_at: expiresAt })
        .execute();
      return { code, expiresAt };
    },
    async redeem(typed) {
      const code = grouped(typed);
      if (!SIGN_IN_CODE.test(code)) return undefined;
      const digest = digestOf(code);
      // One statement finds and removes it: of two requests at the same time, one succeeds.
      const row = await query()
        .deleteFrom('sign_in_codes')
        .where('digest', '=', digest)
        .returningAll()
        .executeTakeFirst();
      if (!row || !isSameDigest(row.digest, digest) || row.expires_at <= clock()) return undefined;
      return row.person_id;
    },
    async endOf(personId) {
      await query().deleteFrom('sign_in_codes').where('person_id', '=', personId).execute();
    },
  };
}

function randomCode(): string {
  const letters = Array.from({ length: GROUPS * GROUP_LETTERS }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  return grouped(letters.join(''));
}

function grouped(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[\s\p{Pd}]+/gu, '');
  return letters.match(/.{1,4}/gsu)?.join('-') ?? '';
}
