import {
  Problem,
  telegramUserHeader,
  type MemberRole,
  type Right,
  type ServiceName,
  type Viewer,
} from '@linkcast/contracts';
import { findKeyHolder, type KeyDigests } from '@linkcast/kit';
import type { IncomingHttpHeaders } from 'node:http';
import type { PersonStore } from '../people/person-store.ts';
import type { PersonRecord } from '../people/person-table.ts';
import type { PersonalKeyStore } from './personal-key-store.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { ShareRecord, ShareStore } from './share-store.ts';

/** The caller of a request. */
export type Identity =
  | { readonly role: 'visitor' | 'nobody' }
  | { readonly role: 'service'; readonly service: ServiceName }
  /** A script with the owner's API token, which acts as the owner at the console. */
  | { readonly role: 'key'; readonly person: PersonRecord }
  /** A person, by a session, by the bot that acts for them, or by a personal key, which has scopes. */
  | {
      readonly role: MemberRole;
      readonly person: PersonRecord;
      readonly session: SessionRecord | null;
      readonly scopes?: readonly Right[];
    }
  | { readonly role: 'guest'; readonly share: ShareRecord };

/** Reads the headers of a request. Rejects with the problem `not-invited` when the bot acts for somebody who is not in, or when the database fails. */
export type Identify = (headers: IncomingHttpHeaders) => Promise<Identity>;

export interface IdentifyOptions {
  /** Digests of the parts' keys and of the owner's API token. */
  readonly keyDigests: KeyDigests;
  readonly people: Pick<PersonStore, 'get' | 'byTelegram' | 'atConsole' | 'see'>;
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly keys: Pick<PersonalKeyStore, 'find'>;
  readonly shares: Pick<ShareStore, 'find'>;
  /** ACCESS=public: an unknown caller is a visitor. */
  readonly isPublic: boolean;
}

const NOBODY: Identity = { role: 'nobody' };
const TELEGRAM_ID = /^[1-9]\d{0,15}$/;

/**
 * Identifies the caller of a request. An `Authorization` header decides alone, also when it is wrong: it was sent on
 * purpose. Browsers send cookies with every request, so a stale cookie counts as none.
 */
export function createIdentify(options: IdentifyOptions): Identify {
  const { keyDigests, people, sessions, keys, shares, isPublic } = options;
  const unknown: Identity = isPublic ? { role: 'visitor' } : NOBODY;

  const byTelegram = async (telegramId: string): Promise<Identity> => {
    const person = TELEGRAM_ID.test(telegramId) ? await people.byTelegram(Number(telegramId)) : undefined;
    if (!person) throw new Problem('not-invited');
    await people.see(person);
    return { role: person.role, person, session: null };
  };
  const byPersonalKey = async (key: string): Promise<Identity | undefined> => {
    const found = await keys.find(key);
    const person = found && (await people.get(found.personId));
    if (!person) return undefined;
    await people.see(person);
    return { role: person.role, person, session: null, scopes: found.scopes };
  };
  const byKey = async (key: string, headers: IncomingHttpHeaders): Promise<Identity> => {
    const holder = findKeyHolder(keyDigests, key);
    if (holder === undefined) return (await byPersonalKey(key)) ?? NOBODY;
    if (holder === 'owner') return { role: 'key', person: await people.atConsole() };
    const telegramId = holder === 'bot' ? headers[telegramUserHeader] : undefined;
    return telegramId === undefined ? { role: 'service', service: holder } : byTelegram(String(telegramId));
  };
  const byAuthorization = async (authorization: string, headers: IncomingHttpHeaders): Promise<Identity> => {
    const [, scheme = '', token = ''] = /^(Bearer|Share) +(\S+)$/i.exec(authorization) ?? [];
    if (scheme.toLowerCase() === 'bearer') return byKey(token, headers);
    const share = await shares.find(token);
    return share ? { role: 'guest', share } : NOBODY;
  };
  const bySession = async (token: string): Promise<Identity | undefined> => {
    const session = await sessions.find(token);
    const person = session && (await people.get(session.personId));
    if (!person) return undefined;
    await people.see(person);
    return { role: person.role, person, session };
  };

  return async (headers) => {
    if (headers.authorization !== undefined) return byAuthorization(headers.authorization, headers);
    return (await bySession(readSessionCookie(headers) ?? '')) ?? unknown;
  };
}

/**
 * Names a caller, for limits and idempotency keys: the same name on every device of a person and in every run. Never a
 * secret.
 */
export function callerId(identity: Identity): string {
  switch (identity.role) {
    case 'service':
      return `service:${identity.service}`;
    case 'key':
    case 'owner':
    case 'member':
      return `person:${identity.person.id}`;
    case 'guest':
      return `share:${identity.share.id}`;
    default:
      return identity.role;
  }
}

/** The person who calls; undefined for guests, visitors and parts. */
export function personOf(identity: Identity): PersonRecord | undefined {
  return 'person' in identity ? identity.person : undefined;
}

/** The one for whom a caller reads jobs and items. */
export function viewerOf(identity: Identity): Viewer {
  if (identity.role === 'service' || identity.role === 'guest') return 'everything';
  const person = personOf(identity);
  return { personId: person?.id ?? null, role: person?.role ?? null };
}
