import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import type { PersonStore } from '../../people/person-store.ts';
import type { SignIn } from '../sign-in.ts';
import { createPasskeyChallenges } from './passkey-challenges.ts';
import { createPasskeyRegistration, type PasskeyRegistration } from './passkey-registration.ts';
import { createPasskeyRevocation, type RevokePasskey } from './passkey-revocation.ts';
import { createPasskeySignIn, type PasskeySignIn } from './passkey-sign-in.ts';
import { createPasskeyStore, type PasskeyStore } from './passkey-store.ts';
import type { RelyingParty } from './relying-party.ts';
import { createUserHandles } from './user-handles.ts';

/** Everything about passkeys. */
export interface Passkeys extends Pick<PasskeyStore, 'list' | 'rename'> {
  /** Host name of the pages on which passkeys work. */
  readonly domain: string;
  readonly registration: PasskeyRegistration;
  readonly signIn: PasskeySignIn;
  readonly revoke: RevokePasskey;
  /** Revokes all passkeys of a person. */
  endOf(personId: string): Promise<void>;
}

export interface PasskeysOptions {
  readonly database: AppDatabase;
  readonly people: PersonStore;
  readonly signIn: Pick<SignIn, 'open'>;
  readonly relyingParty: RelyingParty;
  readonly logger: Logger;
  readonly clock: () => number;
}

export function createPasskeys(options: PasskeysOptions): Passkeys {
  const { database, relyingParty, clock } = options;
  const passkeys = createPasskeyStore(database, clock);
  const handles = createUserHandles(database);
  const challenges = createPasskeyChallenges(database, clock);
  return {
    ...passkeys,
    domain: relyingParty.id,
    registration: createPasskeyRegistration({ ...options, passkeys, handles, challenges }),
    signIn: createPasskeySignIn({ ...options, passkeys, handles, challenges }),
    revoke: createPasskeyRevocation({ ...options, passkeys }),
    async endOf(personId) {
      await passkeys.endOf(personId);
      await handles.endOf(personId);
    },
  };
}
