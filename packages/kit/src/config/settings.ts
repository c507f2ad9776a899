import { z } from 'zod';

/** Field types for the services' settings: text in, a value with a unit out. The unit is in the metadata, for the docs. */

const SIZE_UNITS: Record<string, number> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const DURATION_UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

function withUnit(units: Record<string, number>, fault: string) {
  return z.string().transform((text, context) => {
    const match = /^(\d+(?:\.\d+)?) *([a-zA-Z]?)$/.exec(text);
    const factor = match ? units[match[2] ?? ''] : undefined;
    const value = match && factor !== undefined ? Math.round(Number(match[1]) * factor) : 0;
    if (value > 0) return value;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
}

/** `8G`, `500M`, `1000`: bytes (decimal units). */
export const byteSize = () =>
  withUnit(SIZE_UNITS, 'must be a size such as 8G, 500M or 20000000').meta({ unit: 'bytes' });

/** `6h`, `90m`, `45s`, `45`: seconds. */
export const durationSeconds = () =>
  withUnit(DURATION_UNITS, 'must be a duration such as 6h, 90m or 45s').meta({ unit: 'seconds' });

export const port = () =>
  z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be at most 65535');

/** A number without a fraction. */
export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** `90%`: a ratio between 0 and 1. */
export const percentage = () =>
  z
    .string()
    .transform((text, context) => {
      const match = /^(\d{1,3})%?$/.exec(text);
      const value = match ? Number(match[1]) : 0;
      if (value >= 1 && value <= 100) return value / 100;
      context.addIssue({ code: 'custom', message: 'must be a percentage such as 90%' });
      return z.NEVER;
    })
    .meta({ unit: 'ratio' });

/** Entries between commas or white space, one at least, each of which must be good. */
export const listOf = (isGood: (entry: string) => boolean, fault: string) =>
  z.string().transform((text, context) => {
    const entries = splitList(text);
    if (entries.length > 0 && entries.every(isGood)) return entries;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

const HOST_PORT = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})$/i;

/** `nas.lan:8080, 127.0.0.1:9000`: a list of host:port pairs, lower case. */
export const hostPortList = () =>
  z.string().transform((text, context) => {
    const entries = splitList(text);
    for (const entry of entries) {
      if (!HOST_PORT.test(entry))
        context.addIssue({ code: 'custom', message: `"${entry}" must be host:port, such as nas.lan:8080` });
    }
    return entries.map((entry) => entry.toLowerCase());
  });

const DOMAIN_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** `media.example.org`: a host name with at least one dot, lower case; names in other scripts in their `xn--` form. */
export const domainName = () =>
  z
    .string('is needed: the public name of the site')
    .toLowerCase()
    .regex(DOMAIN_NAME, 'must be a host name such as media.example.org');

const KEY = /^[A-Za-z0-9._~+/=-]{24,512}$/; // what a bearer token may hold (RFC 6750, section 2.1)
const KEY_FAULT = 'must be at least 24 of the characters A-Z a-z 0-9 . _ ~ + / = -';

/** A key that is sent as `Authorization: Bearer <key>`. */
export const bearerKey = () => z.string(`is needed: a key, at least 24 characters`).regex(KEY, KEY_FAULT);

/** The answer of nginx at `paths.selfCheck`. A request to the public name that gets it has reached this installation. */
export const installationMark = () =>
  z.string('is needed: 32 random hex digits').regex(/^[0-9a-f]{32}$/, 'must be 32 hex digits');

/** The key that tickets for the egress proxy are signed with. */
export const egressKey = () =>
  z.string('is needed: a key of at least 24 characters').min(24, 'must have at least 24 characters');

/** The least severe lines that are logged. */
export const logLevel = () => z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info');

/** `123, 456`: numeric Telegram ids. */
export const userIdList = () =>
  z.string().transform((text, context) => {
    const entries = splitList(text);
    for (const entry of entries) {
      if (!/^[1-9]\d{0,15}$/.test(entry))
        context.addIssue({ code: 'custom', message: `"${entry}" must be a numeric Telegram id` });
    }
    return entries.map(Number);
  });

/** The entries between commas or white space. */
export function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== '');
}
