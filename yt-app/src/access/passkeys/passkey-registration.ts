import type { NewPasskey, PasskeyCreation } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { z } from 'zod';
import type { PersonStore } from '../../people/person-store.ts';
import type { PersonRecord } from '../../people/person-table.ts';
import { CHALLENGE_LIFETIME_MS, type PasskeyChallenges } from './passkey-challenges.ts';
import { createPasskeyRefusal } from './passkey-refusal.ts';
import type { PasskeyRecord, PasskeyStore } from './passkey-store.ts';
import type { RelyingParty } from './relying-party.ts';
import type { UserHandles } from './user-handles.ts';
import { ALGORITHMS, verifyNewPasskey, type VerifiedPasskey } from './webauthn.ts';

/** The signed-in browser in which a person makes a passkey. */
export interface RegisteringBrowser {
  readonly person: PersonRecord;
  readonly sessionId: string;
  /** A few words, which name the passkey. */
  readonly device: string;
}

/** Makes passkeys for people who are signed in. */
export interface PasskeyRegistration {
  begin(browser: Omit<RegisteringBrowser, 'device'>): Promise<PasskeyCreation>;
  /** @throws {Problem} passkey-refused, conflict. */
  finish(answer: z.output<typeof NewPasskey>, browser: RegisteringBrowser): Promise<PasskeyRecord>;
}

export interface PasskeyRegistrationOptions {
  readonly people: Pick<PersonStore, 'whilePresent'>;
  readonly passkeys: PasskeyStore;
  readonly handles: UserHandles;
  readonly challenges: PasskeyChallenges;
  readonly relyingParty: RelyingParty;
  readonly logger: Logger;
}

/** Browsers and password managers show it beside the passkey. */
const SITE_NAME = 'Linkcast';

export function createPasskeyRegistration(options: PasskeyRegistrationOptions): PasskeyRegistration {
  const { people, passkeys, handles, challenges, relyingParty, logger } = options;

  const refuse = createPasskeyRefusal(logger);
  const verify = async (answer: z.output<typeof NewPasskey>, challenge: string): Promise<VerifiedPasskey> => {
    try {
      return await verifyNewPasskey(answer, { challenge, relyingParty });
    } catch (error) {
      return refuse(error instanceof Error ? error.message : 'not readable', { cause: error });
    }
  };

  return {
    begin: ({ person, sessionId }) =>
      people.whilePresent(person.id, async () => {
        const { id: challengeId, challenge } = await challenges.create(sessionId);
        const name = person.name ?? SITE_NAME;
        const user = { id: await handles.of(person.id), name, displayName: name };
        const known = await passkeys.list(person.id);
        return { challengeId, options: creationOptions({ challenge, relyingParty, user, known }) };
      }),
    async finish(answer, { person, sessionId, device }) {
      const challenge = (await challenges.take(answer.challengeId, sessionId)) ?? refuse('no such challenge');
      const verified = await verify(answer, challenge);
      const facts = { ...verified, personId: person.id, transports: answer.transports, name: device };
      const passkey = await people.whilePresent(person.id, () => passkeys.add(facts));
      logger.info({ passkeyId: passkey.id, personId: person.id }, 'passkey added');
      return passkey;
    },
  };
}

interface CreationFacts {
  readonly challenge: string;
  readonly relyingParty: RelyingParty;
  readonly user: PasskeyCreation['options']['user'];
  /** The passkeys of the person: an authenticator makes no second one. */
  readonly known: readonly PasskeyRecord[];
}

function creationOptions({ challenge, relyingParty, user, known }: CreationFacts): PasskeyCreation['options'] {
  return {
    challenge,
    user,
    rp: { id: relyingParty.id, name: SITE_NAME },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_LIFETIME_MS,
    attestation: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      type: 'public-key',
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  };
}
