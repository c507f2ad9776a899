import type { KeyDigests, Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createIdentify, type Identify } from './identity.ts';
import { createMembership, type Membership } from './membership.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createShareStore, type ShareStore } from './share-store.ts';
import { createSignInCodeStore, type SignInCodeStore } from './sign-in-code-store.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createUsedInitData } from './used-init-data.ts';

/** Sessions, shares, codes and keys: identifies callers and signs them in. */
export interface AccessControl {
  readonly sessions: SessionStore;
  readonly shares: ShareStore;
  readonly codes: SignInCodeStore;
  readonly membership: Membership;
  readonly signIn: SignIn;
  readonly identify: Identify;
  /** ACCESS=public: watching is open to everyone. */
  readonly isPublic: boolean;
}

export interface AccessControlOptions {
  readonly database: AppDatabase;
  readonly keyDigests: KeyDigests;
  readonly isPublic: boolean;
  readonly logger: Logger;
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
}

/** Creates the parts of access control on one database. */
export function createAccessControl({
  database,
  keyDigests,
  isPublic,
  logger,
  clock = Date.now,
}: AccessControlOptions): AccessControl {
  const sessions = createSessionStore(database, clock);
  const shares = createShareStore(database, clock);
  const codes = createSignInCodeStore(database, clock);
  const usedInitData = createUsedInitData(database, clock);
  const membership = createMembership(database);
  const signIn = createSignIn({ database, sessions, codes, usedInitData, membership, logger, clock });
  const identify = createIdentify({ keyDigests, sessions, shares, isPublic });
  return { sessions, shares, codes, membership, signIn, identify, isPublic };
}
