import type { ServiceName } from '@linkcast/contracts';
import { findKeyHolder, type KeyDigests } from '@linkcast/kit';
import type { IncomingHttpHeaders } from 'node:http';
import { readSessionCookie } from './session-cookie.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { ShareRecord, ShareStore } from './share-store.ts';

/** The caller of a request. */
export type Identity =
  | { readonly role: 'key' | 'visitor' | 'nobody' }
  | { readonly role: 'service'; readonly service: ServiceName }
  | { readonly role: 'owner' | 'member'; readonly session: SessionRecord }
  | { readonly role: 'guest'; readonly share: ShareRecord };

/** Reads the headers of a request. Rejects only when the database fails. */
export type Identify = (headers: IncomingHttpHeaders) => Promise<Identity>;

export interface IdentifyOptions {
  /** Digests of the parts' keys and of the owner's API token. */
  readonly keyDigests: KeyDigests;
  readonly sessions: Pick<SessionStore, 'find'>;
  readonly shares: Pick<ShareStore, 'find'>;
  /** ACCESS=public: an unknown caller is a visitor. */
  readonly isPublic: boolean;
}

const NOBODY: Identity = { role: 'nobody' };

/**
 * Identifies the caller of a request. An `Authorization` header decides alone, also when it is wrong: it was sent on
 * purpose. Browsers send cookies with every request, so a stale cookie counts as none.
 */
export function createIdentify({ keyDigests, sessions, shares, isPublic }: IdentifyOptions): Identify {
  const unknown: Identity = isPublic ? { role: 'visitor' } : NOBODY;

  const byKey = (key: string): Identity => {
    const holder = findKeyHolder(keyDigests, key);
    if (holder === undefined) return NOBODY;
    return holder === 'owner' ? { role: 'key' } : { role: 'service', service: holder };
  };
  const byAuthorization = async (authorization: string): Promise<Identity> => {
    const [, scheme = '', token = ''] = /^(Bearer|Share) +(\S+)$/i.exec(authorization) ?? [];
    if (scheme.toLowerCase() === 'bearer') return byKey(token);
    const share = await shares.find(token);
    return share ? { role: 'guest', share } : NOBODY;
  };

  return async (headers) => {
    if (headers.authorization !== undefined) return byAuthorization(headers.authorization);
    const session = await sessions.find(readSessionCookie(headers) ?? '');
    return session ? { role: session.role, session } : unknown;
  };
}

/**
 * Names a caller, for limits and idempotency keys: the same name on every device of a person and in every run. Never a
 * secret.
 */
export function callerId(identity: Identity): string {
  switch (identity.role) {
    case 'key':
      return 'owner-key';
    case 'service':
      return `service:${identity.service}`;
    case 'owner':
    case 'member': {
      const { telegramId, id } = identity.session;
      return telegramId === null ? `session:${id}` : `person:${telegramId}`;
    }
    case 'guest':
      return `share:${identity.share.id}`;
    default:
      return identity.role;
  }
}
