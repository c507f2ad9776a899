import type { NewPasskey, PasskeyAssertion } from '@linkcast/contracts';
import type { z } from 'zod';
import type { PasskeyFacts, PasskeyRecord } from './passkey-store.ts';
import type { RelyingParty } from './relying-party.ts';

/** Loaded at the first use: it takes 20 MB of memory, and most installations never need it. */
const loadLibrary = () => import('@simplewebauthn/server');
const loadHelpers = () => import('@simplewebauthn/server/helpers');

/** Ed25519, ES256, RS256: what authenticators have. The library's own list begins with an algorithm that Node calls experimental. */
export const ALGORITHMS: readonly number[] = [-8, -7, -257];

/** The challenge and the site that an answer has to fit. */
interface Expected {
  readonly challenge: string;
  readonly relyingParty: RelyingParty;
}

/** The facts of a new passkey that its authenticator proved. */
export type VerifiedPasskey = Pick<
  PasskeyFacts,
  'credentialId' | 'publicKey' | 'counter' | 'deviceType' | 'isBackedUp'
>;

/**
 * Verifies a new passkey: type, challenge, origin, relying party, the check of the user, algorithm.
 *
 * @throws {Error} with the reason, for the log.
 */
export async function verifyNewPasskey(
  answer: z.output<typeof NewPasskey>,
  { challenge, relyingParty }: Expected,
): Promise<VerifiedPasskey> {
  const { credentialId, clientDataJSON, attestationObject, transports } = answer;
  await refuseCertificates(attestationObject);
  const { verifyRegistrationResponse } = await loadLibrary();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: {
      ...{ id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, attestationObject, transports },
    },
    expectedChallenge: challenge,
    expectedOrigin: [...relyingParty.origins],
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...ALGORITHMS],
  });
  if (!verified) throw new Error('the attestation is not valid');
  const { credential, credentialDeviceType: deviceType, credentialBackedUp: isBackedUp } = registrationInfo;
  if (credential.id !== credentialId) throw new Error('the id is not that of the attestation');
  return {
    credentialId,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    deviceType,
    isBackedUp,
  };
}

/**
 * Refuses an attestation with certificates. We ask for none, and to check one, the library would request the URL that is in it: an
 * address that the client chooses.
 */
async function refuseCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject, isoBase64URL } = await loadHelpers();
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const isPlain = decoded.get('fmt') === 'none' || decoded.get('fmt') === 'packed';
  if (!isPlain || decoded.get('attStmt').get('x5c') !== undefined) throw new Error('the attestation has certificates');
}

/** The facts of a use that the authenticator proved. */
export type VerifiedUse = Pick<PasskeyRecord, 'counter' | 'isBackedUp'>;

/**
 * Verifies the use of a passkey: type, challenge, origin, relying party, the check of the user, signature. The caller compares the counter.
 *
 * @throws {Error} with the reason, for the log.
 */
export async function verifyAssertion(
  answer: PasskeyAssertion,
  passkey: PasskeyRecord,
  { challenge, relyingParty }: Expected,
): Promise<VerifiedUse> {
  const { credentialId, clientDataJSON, authenticatorData, signature, userHandle } = answer;
  const { verifyAuthenticationResponse } = await loadLibrary();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: {
      ...{ id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, authenticatorData, signature, userHandle },
    },
    expectedChallenge: challenge,
    expectedOrigin: [...relyingParty.origins],
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: 0, // the database compares the real one, in the statement that writes it
    },
  });
  if (!verified) throw new Error('the signature is not valid');
  return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
}
