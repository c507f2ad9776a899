import type { PasskeyAssertion, PasskeyRequest } from '@linkcast/contracts';
import { isSameSecret, type Logger } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import { PEOPLE_LOCK, type PersonStore } from '../../people/person-store.ts';
import type { SignedIn, SignIn, SignInBrowser } from '../sign-in.ts';
import { CHALLENGE_LIFETIME_MS, type PasskeyChallenges } from './passkey-challenges.ts';
import { createPasskeyRefusal } from './passkey-refusal.ts';
import type { PasskeyRecord, PasskeyStore } from './passkey-store.ts';
import type { RelyingParty } from './relying-party.ts';
import type { UserHandles } from './user-handles.ts';
import { verifyAssertion, type VerifiedUse } from './webauthn.ts';

/** Signs people in by their passkeys. */
export interface PasskeySignIn {
  begin(): Promise<PasskeyRequest>;
  /** @throws {Problem} passkey-refused, without the reason, which is logged. */
  finish(answer: PasskeyAssertion, browser: SignInBrowser): Promise<SignedIn>;
}

export interface PasskeySignInOptions {
  readonly database: AppDatabase;
  readonly people: Pick<PersonStore, 'get'>;
  readonly passkeys: PasskeyStore;
  readonly handles: UserHandles;
  readonly challenges: PasskeyChallenges;
  readonly signIn: Pick<SignIn, 'open'>;
  readonly relyingParty: RelyingParty;
  readonly logger: Logger;
}

export function createPasskeySignIn(options: PasskeySignInOptions): PasskeySignIn {
  const { database, people, passkeys, handles, challenges, signIn, relyingParty, logger } = options;

  const refuse = createPasskeyRefusal(logger);
  const findPasskey = async ({ credentialId, userHandle }: PasskeyAssertion): Promise<PasskeyRecord> => {
    const passkey = (await passkeys.byCredential(credentialId)) ?? refuse('unknown passkey');
    const handle = await handles.find(passkey.personId);
    if (handle === undefined || !isSameSecret(userHandle, handle))
      refuse('another user', { facts: { passkeyId: passkey.id } });
    return passkey;
  };
  const verify = async (answer: PasskeyAssertion, passkey: PasskeyRecord, challenge: string): Promise<VerifiedUse> => {
    try {
      return await verifyAssertion(answer, passkey, { challenge, relyingParty });
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'not readable';
      return refuse(reason, { facts: { passkeyId: passkey.id }, cause: error });
    }
  };
  /** A counter that does not grow means a replayed answer, or a second authenticator with the same key. */
  const use = async ({ id: passkeyId, personId }: PasskeyRecord, verified: VerifiedUse): Promise<void> => {
    if (!(await passkeys.use(passkeyId, verified)))
      refuse('revoked, or its counter did not grow: it may be copied', { facts: { passkeyId, personId } });
  };

  return {
    async begin() {
      const { id: challengeId, challenge } = await challenges.create(null);
      const { id: rpId } = relyingParty;
      return {
        challengeId,
        options: { challenge, rpId, timeout: CHALLENGE_LIFETIME_MS, userVerification: 'required' },
      };
    },
    async finish(answer, browser) {
      const challenge = (await challenges.take(answer.challengeId, null)) ?? refuse('no such challenge');
      const passkey = await findPasskey(answer);
      const verified = await verify(answer, passkey, challenge);
      return database.transaction(async () => {
        await database.lock(PEOPLE_LOCK); // a person who is removed meanwhile gets no session
        const person = (await people.get(passkey.personId)) ?? refuse('not a member');
        await use(passkey, verified);
        return signIn.open(person, browser);
      });
    },
  };
}
