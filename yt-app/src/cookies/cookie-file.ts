import { isIPv4 } from 'node:net';
import type { CookieFault } from '@linkcast/contracts';
import { z } from 'zod';

/** One cookie of a file in Netscape's format. */
export interface StoredCookie {
  /** Without a dot before it. */
  readonly domain: string;
  /** True: the names below the domain get it, too. */
  readonly withSubdomains: boolean;
  readonly path: string;
  readonly isSecure: boolean;
  /** Seconds since 1970; 0: it ends with the session. */
  readonly expires: number;
  readonly name: string;
  readonly value: string;
  readonly isHttpOnly: boolean;
}

/** The cookies of one site. */
export interface SiteCookies {
  readonly site: string;
  readonly cookies: readonly StoredCookie[];
  /** Milliseconds since 1970, of the last one; null: all end with the session. */
  readonly expiresAt: number | null;
}

const HEADER = '# Netscape HTTP Cookie File\n';
const HTTP_ONLY = '#HttpOnly_';
const DOMAIN = /^\.?(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+$/;
const MOST_COOKIES = 3000;

const Flag = z.enum(['TRUE', 'FALSE']).transform((flag) => flag === 'TRUE');
const Printable = z.string().regex(/^\P{Cc}*$/u);
const Fields = z.tuple([
  z
    .string()
    .toLowerCase()
    .regex(DOMAIN)
    .transform((domain) => domain.replace(/^\./, '')),
  Flag,
  Printable.startsWith('/'),
  Flag,
  z
    .string()
    .regex(/^\d{0,15}$/)
    .transform(Number),
  Printable,
  Printable,
]);

/** Parses a `cookies.txt`. Comments, and lines that are no cookies, are left out. */
export function parseCookies(text: string): StoredCookie[] {
  return text.split(/\r?\n/).flatMap((line) => parseLine(line) ?? []);
}

/**
 * Chooses the cookies of a site that have not expired.
 *
 * @param site undefined: the one site that all cookies are of.
 * @param nowMs milliseconds since 1970.
 * @returns why there are none, or too many.
 */
export function cookiesOf(text: string, site: string | undefined, nowMs: number): SiteCookies | CookieFault {
  const all = parseCookies(text);
  if (all.length === 0) return 'unreadable';
  const chosen = site ?? onlySite(all);
  if (chosen === undefined) return 'several-sites';
  const ofSite = all.filter(({ domain }) => isRelated(domain, chosen));
  if (ofSite.length === 0) return 'other-site';
  const cookies = ofSite.filter(({ expires }) => expires === 0 || expires * 1000 > nowMs);
  if (cookies.length === 0) return 'expired';
  if (cookies.length > MOST_COOKIES) return 'too-many';
  const last = Math.max(...cookies.map(({ expires }) => expires));
  return { site: chosen, cookies, expiresAt: last === 0 ? null : last * 1000 };
}

/** Writes cookies as yt-dlp reads them, in an order of their own. */
export function writeCookies(cookies: readonly StoredCookie[]): string {
  return (
    HEADER +
    cookies
      .map((cookie) => `${writeLine(cookie)}\n`)
      .toSorted()
      .join('')
  );
}

function parseLine(line: string): StoredCookie | undefined {
  const isHttpOnly = line.startsWith(HTTP_ONLY);
  const fields = (isHttpOnly ? line.slice(HTTP_ONLY.length) : line).split('\t');
  const parsed = Fields.safeParse(fields).data;
  if (!parsed) return undefined;
  const [domain, withSubdomains, path, isSecure, expires, name, value] = parsed;
  return { domain, withSubdomains, path, isSecure, expires, name, value, isHttpOnly };
}

function writeLine({ domain, withSubdomains, path, isSecure, expires, name, value, isHttpOnly }: StoredCookie): string {
  const flag = (is: boolean): string => (is ? 'TRUE' : 'FALSE');
  const start = `${isHttpOnly ? HTTP_ONLY : ''}${withSubdomains ? '.' : ''}${domain}`;
  return [start, flag(withSubdomains), path, flag(isSecure), expires, name, value].join('\t');
}

/** A cookie of the site, of a name below it, or of a domain above it. */
function isRelated(domain: string, site: string): boolean {
  return domain === site || domain.endsWith(`.${site}`) || site.endsWith(`.${domain}`);
}

/** The last two labels that all domains have, or their address; undefined: they have none in common. */
function onlySite(cookies: readonly StoredCookie[]): string | undefined {
  const sites = cookies.map(({ domain }) => (isIPv4(domain) ? domain : domain.split('.').slice(-2).join('.')));
  const [site, ...others] = new Set(sites);
  return others.length === 0 ? site : undefined;
}
