import { z } from 'zod';

const MAX_FACT_CHARACTERS = 500;
const Fact = z.union([
  z.string().max(MAX_FACT_CHARACTERS),
  z.number(),
  z.null(),
  z.array(z.string().max(MAX_FACT_CHARACTERS)).max(200),
]);

/** Facts are values: numbers in base units, times in ISO 8601. */
const PlainMessage = z.object({ code: z.string().max(60), facts: z.record(z.string().max(40), Fact) });
/** A sentence for people as code and facts; `@linkcast/texts` has it in every language. The sentence of a cause follows. */
export const Message = PlainMessage.extend({ cause: PlainMessage.optional() }).meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** Something that went wrong, for the owner: a plain sentence, never a token, a path, or a program's output. */
export const UpkeepError = z.object({ at: z.iso.datetime(), sentence: z.string(), message: Message.optional() });

/** The state of one address family of the name. */
export const AddressStatus = z.object({
  family: z.union([z.literal(4), z.literal(6)]),
  public: z
    .string()
    .nullable()
    .meta({ description: 'Our address as seen from outside; null: none, or not agreed on.' }),
  served: z.array(z.string()).meta({ description: "What the name's own servers answer." }),
  writtenAt: z.iso.datetime().nullable().meta({ description: 'When we last wrote the record.' }),
});
export type AddressStatus = z.infer<typeof AddressStatus>;

/** The result of a request to this installation through the public name. `strange`: another server answered. */
export const SelfRequest = z.enum(['answered', 'strange', 'refused', 'timeout', 'unknown']);
export type SelfRequest = z.infer<typeof SelfRequest>;

/** The status of the DDNS updater (`GET /status`). */
export const NameStatus = z.object({
  name: z.string().nullable().meta({ description: 'DOMAIN_NAME; null: none is set.' }),
  provider: z.string().nullable().meta({ description: 'DDNS_PROVIDER; null: the name is only watched.' }),
  state: z.enum(['off', 'unknown', 'right', 'wrong', 'failing']).meta({
    description:
      'off: no name. unknown: not looked yet. right: the name leads here. wrong: it does not (yet). failing: the last look or write failed.',
  }),
  addresses: z.array(AddressStatus),
  routerAddress: z.string().nullable().meta({
    description: 'The outside address as the router itself knows it (NAT-PMP or PCP); null: it does not tell.',
  }),
  reach: z.object({
    checkedAt: z.iso.datetime().nullable(),
    http: SelfRequest,
    https: SelfRequest,
  }),
  checkedAt: z.iso.datetime().nullable(),
  nextCheckAt: z.iso.datetime().nullable(),
  lastError: UpkeepError.nullable(),
  /** True when the provider can hold a TXT record for a DNS-01 challenge. */
  canAnswerChallenges: z.boolean(),
});
export type NameStatus = z.infer<typeof NameStatus>;

/** A TXT record for a DNS-01 challenge: `POST /challenges` of the DDNS updater sets it, `DELETE /challenges` removes it. */
export const ChallengeRecord = z.strictObject({
  name: z.string().regex(/^_acme-challenge\.[a-z0-9.-]{4,240}$/),
  value: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type ChallengeRecord = z.infer<typeof ChallengeRecord>;

/** The facts by which certbot chooses a challenge (`GET /challenges` of the DDNS updater). */
export const ChallengeStatus = NameStatus.pick({ provider: true, state: true, canAnswerChallenges: true });
export type ChallengeStatus = z.infer<typeof ChallengeStatus>;

/** The cause of a failed ACME validation, as far as it is known: no answer at the name, another server's answer, or DNS. */
export const ValidationFault = z.enum(['connection', 'wrong-answer', 'dns', 'rate-limited', 'other']);
export type ValidationFault = z.infer<typeof ValidationFault>;

/** The status of certbot's keeper (`GET /status`). */
export const CertificateStatus = z.object({
  name: z.string().nullable().meta({ description: 'DOMAIN_NAME; null: none is set.' }),
  state: z.enum(['off', 'missing', 'valid', 'due', 'expired']).meta({
    description: 'off: no name. missing: none obtained yet. due: less than a third of its lifetime is left.',
  }),
  issuer: z.string().nullable(),
  serialNumber: z.string().nullable(),
  notBefore: z.iso.datetime().nullable(),
  notAfter: z.iso.datetime().nullable(),
  challenge: z.enum(['http-01', 'dns-01']).nullable().meta({ description: 'How the last attempt was validated.' }),
  validatedAt: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'When the ACME server last reached us, or our record.' }),
  lastFault: ValidationFault.nullable().meta({
    description: 'Of the last attempt; null: it went well, or there was none.',
  }),
  lastError: UpkeepError.nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
});
export type CertificateStatus = z.infer<typeof CertificateStatus>;

/** Reports whether the internet reaches the site. `unknown` names what is missing for an answer. */
export const Reachability = z
  .object({
    state: z.enum(['reachable', 'port-closed', 'carrier-nat', 'wrong-address', 'local', 'unknown']),
    sentence: z.string().meta({ description: 'What is the matter, and what to do at the router.' }),
    message: Message.optional().meta({
      description: 'The sentence as code and facts, for a client with texts of its own.',
    }),
  })
  .meta({ id: 'Reachability' });
export type Reachability = z.infer<typeof Reachability>;

/** `critical`: something does not work. `warning`: something soon will not. `info`: something has happened. */
export const NoticeSeverity = z.enum(['info', 'warning', 'critical']);
export type NoticeSeverity = z.infer<typeof NoticeSeverity>;

const MESSAGE_BEHIND = 'The sentence as code and facts, for a client with texts of its own.';

/** An open condition of the installation that its owners should know about. */
export const Notice = z
  .object({
    key: z.string().meta({
      description: 'Stays the same for as long as the condition lasts; another one when it occurs again.',
    }),
    severity: NoticeSeverity,
    since: z.iso.datetime(),
    sentence: z.string(),
    message: Message.optional().meta({ description: MESSAGE_BEHIND }),
    action: z
      .object({ sentence: z.string(), message: Message.optional().meta({ description: MESSAGE_BEHIND }) })
      .nullable()
      .meta({ description: 'What the owner can do; null: the sentence of the notice says it, or there is nothing.' }),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof Notice>;
