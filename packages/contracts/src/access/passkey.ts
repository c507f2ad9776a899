import { z } from 'zod';

/** The longest credential id of the specification is 1023 bytes; keys and attestations of our algorithms are far below 8 kB. */
const base64Url = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9_-]+$/);

const CredentialId = base64Url(1400);
const ClientData = base64Url(4096);
const ChallengeId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const PasskeyName = z.string().trim().min(1).max(100);

/** The ways in which a browser reaches an authenticator. */
export const PasskeyTransport = z
  .enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])
  .meta({ id: 'PasskeyTransport' });
export type PasskeyTransport = z.infer<typeof PasskeyTransport>;

/** A passkey of a person: it signs them in without a code. */
export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    isBackedUp: z.boolean().meta({ description: 'True when a password manager keeps it on further devices.' }),
    createdAt: z.iso.datetime(),
    usedAt: z.iso.datetime().nullable().meta({ description: 'When it last signed somebody in; null: never.' }),
  })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof Passkey>;

export const PasskeyList = z.object({ passkeys: z.array(Passkey) }).meta({ id: 'PasskeyList' });
export type PasskeyList = z.infer<typeof PasskeyList>;

export const PasskeyPatch = z.strictObject({ name: PasskeyName }).meta({ id: 'PasskeyPatch' });
export type PasskeyPatch = z.infer<typeof PasskeyPatch>;

const credentialDescriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(PasskeyTransport),
});

/** The challenge for a new passkey: `options` are WebAuthn's PublicKeyCredentialCreationOptionsJSON. */
export const PasskeyCreation = z
  .object({
    challengeId: ChallengeId.meta({ description: 'Goes back with the answer of the authenticator; good once.' }),
    options: z.object({
      challenge: z.string(),
      rp: z.object({ id: z.string(), name: z.string() }),
      user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
      pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
      timeout: z.number().int().positive(),
      attestation: z.literal('none'),
      excludeCredentials: z.array(credentialDescriptor),
      authenticatorSelection: z.object({
        residentKey: z.literal('required'),
        requireResidentKey: z.literal(true),
        userVerification: z.literal('required'),
      }),
    }),
  })
  .meta({ id: 'PasskeyCreation' });
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** A new passkey, as the browser's authenticator has made it. Binary values are base64url. */
export const NewPasskey = z
  .strictObject({
    challengeId: ChallengeId,
    credentialId: CredentialId,
    clientDataJSON: ClientData,
    attestationObject: base64Url(8192),
    transports: z
      .array(z.string().max(32))
      .max(16)
      .transform((names) => names.flatMap((name) => PasskeyTransport.safeParse(name).data ?? []))
      .meta({ description: 'Those that are not known are left out.' }),
  })
  .meta({ id: 'NewPasskey' });
export type NewPasskey = z.input<typeof NewPasskey>;

/** The challenge of a sign-in: `options` are WebAuthn's PublicKeyCredentialRequestOptionsJSON. */
export const PasskeyRequest = z
  .object({
    challengeId: ChallengeId,
    options: z.object({
      challenge: z.string(),
      rpId: z.string(),
      timeout: z.number().int().positive(),
      userVerification: z.literal('required'),
    }),
  })
  .meta({ id: 'PasskeyRequest' });
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

/** The answer of an authenticator to a {@link PasskeyRequest}. Binary values are base64url. */
export const PasskeyAssertion = z
  .strictObject({
    challengeId: ChallengeId,
    credentialId: CredentialId,
    clientDataJSON: ClientData,
    authenticatorData: base64Url(2048),
    signature: base64Url(2048),
    userHandle: base64Url(128),
  })
  .meta({ id: 'PasskeyAssertion' });
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
