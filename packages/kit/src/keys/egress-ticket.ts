import { EgressClaims, EgressUpstream } from '@linkcast/contracts';
import { createHmac } from 'node:crypto';
import { parseJson } from '../files/json.ts';
import { createSealer } from './sealer.ts';
import { isSameSecret } from './secret-digest.ts';

/** Credentials for the egress proxy: the claims, and a password that proves that the API made them. */
export interface EgressTicket {
  readonly username: string;
  readonly password: string;
}

/** The purpose of a request. Refusals of pictures are not recorded: a job does not fail because of them. */
export type EgressPurpose = 'download' | 'picture';

/** The claims that the API makes. */
export interface TicketClaims extends Omit<EgressClaims, 'sealedUpstream'> {
  /** The outbound proxy through which the sources are reached; undefined: none. */
  readonly upstream?: EgressUpstream | undefined;
}

/** The claims of a valid ticket. */
export interface ReadTicket extends TicketClaims {
  readonly purpose: EgressPurpose;
}

/** Not in base64url, so it cannot occur in the claims. */
const PICTURE_SUFFIX = '.picture';

const UPSTREAM_PURPOSE = 'linkcast egress upstream';

/** Signs the claims with HMAC-SHA-256: the proxy checks them with the same key, and nothing is registered. */
export function issueEgressTicket(key: string, { upstream, ...claims }: TicketClaims): EgressTicket {
  const sealed = upstream && createSealer(key, UPSTREAM_PURPOSE).seal(JSON.stringify(upstream), claims.jobId);
  const signed = EgressClaims.parse({ ...claims, ...(sealed === undefined ? {} : { sealedUpstream: sealed }) });
  const username = Buffer.from(JSON.stringify(signed)).toString('base64url');
  return { username, password: passwordFor(key, username) };
}

/**
 * Checks a ticket.
 *
 * @param now milliseconds since 1970.
 * @returns undefined when it is expired, altered, or signed with another key.
 */
export function readEgressTicket(key: string, username: string, password: string, now: number): ReadTicket | undefined {
  const purpose = username.endsWith(PICTURE_SUFFIX) ? 'picture' : 'download';
  const signed = purpose === 'picture' ? username.slice(0, -PICTURE_SUFFIX.length) : username;
  if (!isSameSecret(password, passwordFor(key, signed))) return undefined;
  const claims = EgressClaims.safeParse(parseJson(Buffer.from(signed, 'base64url').toString()));
  if (!claims.success || now >= claims.data.expiresAt) return undefined;
  const { sealedUpstream, ...others } = claims.data;
  if (sealedUpstream === undefined) return { ...others, purpose };
  const upstream = openUpstream(key, sealedUpstream, others.jobId);
  return upstream && { ...others, upstream, purpose };
}

function openUpstream(key: string, sealed: string, jobId: string): EgressUpstream | undefined {
  const text = createSealer(key, UPSTREAM_PURPOSE).open(sealed, jobId);
  return text === undefined ? undefined : EgressUpstream.safeParse(parseJson(text)).data;
}

/** @param egressUrl root of the proxy: `http://egress:5003`. @returns it with the ticket, as programs take a proxy. */
export function egressProxyUrl(egressUrl: string, { username, password }: EgressTicket): string {
  const url = new URL(egressUrl);
  url.username = username;
  url.password = password;
  return url.href;
}

/** The same proxy and ticket, for requests whose refusal is not recorded. */
export function pictureProxyUrl(proxyUrl: string): string {
  const url = new URL(proxyUrl);
  if (!url.username.endsWith(PICTURE_SUFFIX)) url.username += PICTURE_SUFFIX;
  return url.href;
}

function passwordFor(key: string, username: string): string {
  return createHmac('sha256', key).update(username).digest('base64url');
}
