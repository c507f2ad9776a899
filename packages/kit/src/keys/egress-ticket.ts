import { EgressClaims } from '@linkcast/contracts';
import { createHmac } from 'node:crypto';
import { parseJson } from '../files/json.ts';
import { isSameSecret } from './secret-digest.ts';

/** Credentials for the egress proxy: the claims, and a password that proves that the API made them. */
export interface EgressTicket {
  readonly username: string;
  readonly password: string;
}

/** The purpose of a request. Refusals of pictures are not recorded: a job does not fail because of them. */
export type EgressPurpose = 'download' | 'picture';

/** The claims of a valid ticket. */
export interface ReadTicket extends EgressClaims {
  readonly purpose: EgressPurpose;
}

/** Not in base64url, so it cannot occur in the claims. */
const PICTURE_SUFFIX = '.picture';

/** Signs the claims with HMAC-SHA-256: the proxy checks them with the same key, and nothing is registered. */
export function issueEgressTicket(key: string, claims: EgressClaims): EgressTicket {
  const username = Buffer.from(JSON.stringify(EgressClaims.parse(claims))).toString('base64url');
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
  return claims.success && now < claims.data.expiresAt ? { ...claims.data, purpose } : undefined;
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
