import { randomInt } from 'node:crypto';
import { SIGN_IN_CODE, type MemberRole } from '@linkcast/contracts';
import { digestOf, isSameDigest } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';

/** The person whom a code signs in. */
export interface CodeHolder {
  readonly role: MemberRole;
  /** Null: a person at the console. */
  readonly telegramId: number | null;
  readonly name: string | null;
}

export interface NewCode {
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** One-time codes for signing in. */
export interface SignInCodeStore {
  create(holder: CodeHolder, lifetimeSeconds: number): Promise<NewCode>;
  /** Redeems a code; undefined when it is unknown, used or expired. Dashes and spaces are ignored. */
  redeem(typed: string): Promise<CodeHolder | undefined>;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LETTERS = 4;

interface Tables {
  sign_in_codes: {
    digest: Buffer;
    role: MemberRole;
    telegram_id: number | null;
    name: string | null;
    expires_at: number;
  };
}

export function createSignInCodeStore(database: AppDatabase, clock: () => number = Date.now): SignInCodeStore {
  const query = () => database.tables<Tables>();
  return {
    async create({ role, telegramId, name }, lifetimeSeconds) {
      const code = randomCode();
      const expiresAt = clock() + lifetimeSeconds * 1000;
      await query().deleteFrom('sign_in_codes').where('expires_at', '<=', clock()).execute();
      await query()
        .insertInto('sign_in_codes')
        .values({ digest: digestOf(code), role, telegram_id: telegramId, name, expires_at: expiresAt })
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
      return { role: row.role, telegramId: row.telegram_id, name: row.name };
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
