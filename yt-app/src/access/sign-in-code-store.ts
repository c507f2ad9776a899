import { randomInt } from 'node:crypto';
import { MemberRole, SIGN_IN_CODE } from '@linkcast/contracts';
import { digestOf, isSameDigest, type Database } from '@linkcast/kit';
import { z } from 'zod';

/** The person whom a code signs in. */
export interface CodeHolder {
  readonly role: MemberRole;
  /** Null: a person at the console. */
  readonly telegramId: number | null;
  readonly name: string | null;
}

/** One-time codes for signing in. */
export interface SignInCodeStore {
  create(holder: CodeHolder, lifetimeSeconds: number): { readonly code: string; readonly expiresAt: number };
  /** Redeems a code; undefined when it is unknown, used or expired. Dashes and spaces are ignored. */
  redeem(typed: string): CodeHolder | undefined;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LETTERS = 4;

const Row = z.object({
  digest: z.instanceof(Buffer),
  role: MemberRole,
  telegram_id: z.number().nullable(),
  name: z.string().nullable(),
  expires_at: z.number(),
});

export function createSignInCodeStore(database: Database, clock: () => number = Date.now): SignInCodeStore {
  return {
    create(holder, lifetimeSeconds) {
      const code = randomCode();
      const expiresAt = clock() + lifetimeSeconds * 1000;
      database.prepare('DELETE FROM sign_in_codes WHERE expires_at <= ?').run(clock());
      database.prepare(INSERT).run({ ...holder, digest: digestOf(code), expiresAt });
      return { code, expiresAt };
    },
    redeem(typed) {
      const code = grouped(typed);
      if (!SIGN_IN_CODE.test(code)) return undefined;
      const digest = digestOf(code);
      // One statement finds and removes it: of two requests at the same time, one succeeds.
      const found = database.prepare('DELETE FROM sign_in_codes WHERE digest = ? RETURNING *').get(digest);
      const row = Row.optional().parse(found);
      if (!row || !isSameDigest(row.digest, digest) || row.expires_at <= clock()) return undefined;
      return { role: row.role, telegramId: row.telegram_id, name: row.name };
    },
  };
}

const INSERT = `
  INSERT INTO sign_in_codes (digest, role, telegram_id, name, expires_at)
  VALUES (@digest, @role, @telegramId, @name, @expiresAt)`;

function randomCode(): string {
  const letters = Array.from({ length: GROUPS * GROUP_LETTERS }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  return grouped(letters.join(''));
}

function grouped(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[\s\p{Pd}]+/gu, '');
  return letters.match(/.{1,4}/gsu)?.join('-') ?? '';
}
