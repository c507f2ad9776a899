import type { Failure, FailureCause } from './failure.ts';

/** Causes of ACME problem types (RFC 8555, section 6.7). A type that is not listed is `other`. */
const CAUSES: Readonly<Record<string, FailureCause>> = {
  connection: 'connection',
  tls: 'connection',
  unauthorized: 'wrong-answer',
  incorrectResponse: 'wrong-answer',
  dns: 'dns',
  rateLimited: 'rate-limited',
  caa: 'caa',
  rejectedIdentifier: 'refused-name',
  unsupportedIdentifier: 'refused-name',
  accountDoesNotExist: 'unknown-account',
  serverInternal: 'server-fault',
};

const PROBLEM_TYPE = /"urn:ietf:params:acme:error:([A-Za-z]+)"/g;
const RETRY_AFTER = /^Retry-After: (.+)$/gim;
/** Python's exceptions, each at the start of the last line of a traceback. */
const NO_ANSWER = /^(?:requests|urllib3)\.exceptions\.(?!JSONDecode)\w+(?:Error|Timeout)\b/m;
const STRANGE_ANSWER = /^(?:acme\.errors\.\w+|[\w.]+\.JSONDecodeError|KeyError)\b/m;
const NO_ROOM = /^OSError: \[Errno (?:28|122)\]/m;

const MAX_WAIT_SECONDS = 7 * 86_400;

/** Reads the failure from certbot's log of one run, by ACME problem types and exceptions, not by its prose. */
export function readFailure(log: string, now: Date): Failure {
  return { cause: readCause(log), retryAfterSeconds: readRetryAfter(log, now) };
}

function readCause(log: string): FailureCause {
  if (NO_ROOM.test(log)) return 'disk-full';
  // A rejected nonce is part of the protocol: certbot retries once, and then ends
  const types = [...log.matchAll(PROBLEM_TYPE)].map((match) => match[1]);
  const type = types.findLast((name) => name !== 'badNonce');
  if (type !== undefined) return CAUSES[type] ?? 'other';
  if (NO_ANSWER.test(log)) return 'server-away';
  if (types.length > 0) return 'nonces-rejected';
  return STRANGE_ANSWER.test(log) ? 'server-fault' : 'other';
}

/** Reads seconds or a date (RFC 9110, section 10.2.3). The server also sends it with pending orders: the last one counts. */
function readRetryAfter(log: string, now: Date): number | null {
  const value = [...log.matchAll(RETRY_AFTER)].at(-1)?.[1]?.trim();
  if (value === undefined) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_WAIT_SECONDS) : null;
}
