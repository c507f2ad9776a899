import { z } from 'zod';

/**
 * The one destination of a ticket for a delivery. An owner has named it, so it may be in the home network. With `isPassive`, FTP opens
 * further connections to ports from 1024 on; always to the same host.
 */
export const EgressDestination = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  isPassive: z.boolean(),
});
export type EgressDestination = z.infer<typeof EgressDestination>;

/** The claims of a ticket for the egress proxy. The API signs it, the proxy checks it, the worker only presents it. */
export const EgressClaims = z.strictObject({
  /** One run of a job: the limits count for all connections with this id together. */
  jobId: z.string().min(1).max(100),
  /** Bytes that may be received from sources. */
  maxBytes: z.int().positive(),
  /** Milliseconds since 1970. */
  expiresAt: z.int().positive(),
  /** Addresses that are refused on top of those that the proxy refuses to everybody. */
  refusedAddresses: z.array(z.string().max(64)).max(32),
  /** Of the outbound proxy: encrypted, because the programs that carry the ticket read what strangers send. */
  sealedUpstream: z.string().max(4000).optional(),
  only: EgressDestination.optional(),
});
export type EgressClaims = z.infer<typeof EgressClaims>;

/** Answer of the egress proxy to `GET /usage` with a ticket's credentials (Basic). */
export const EgressUsage = z.object({
  bytes: z.int().nonnegative().meta({ description: 'Bytes received from sources so far, headers included.' }),
  refusedHost: z.string().nullable().meta({ description: 'The last host that was refused for its address.' }),
  isOverLimit: z.boolean().meta({ description: 'More bytes came than the ticket allows: everything is refused.' }),
});
export type EgressUsage = z.infer<typeof EgressUsage>;
