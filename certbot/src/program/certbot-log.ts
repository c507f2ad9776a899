import type { ValidationFault } from '@linkcast/contracts';

/** Why a run of certbot failed, finer than what other parts need. */
export type FailureCause =
  | 'connection'
  | 'wrong-answer'
  | 'dns'
  | 'rate-limited'
  | 'caa'
  | 'refused-name'
  | 'unknown-account'
  | 'nonces-rejected'
  | 'server-fault'
  | 'server-away'
  | 'record-not-set'
  | 'disk-full'
  | 'not-writable'
  | 'interrupted'
  | 'program-missing'
  | 'other';

export interface Failure {
  readonly cause: FailureCause;
  /** Seconds that the ACME server wants us to wait; null: it does not say. */
  readonly retryAfterSeconds: number | null;
}

/** RFC 8555, section 6.7. What is not listed is `other`. */
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
/** Names of Python's exceptions, as they begin the last line of a traceback. */
const NO_ANSWER = /^(?:requests|urllib3)\.exceptions\.(?!JSONDecode)\w+(?:Error|Timeout)\b/m;
const STRANGE_ANSWER = /^(?:acme\.errors\.\w+|[\w.]+\.JSONDecodeError|KeyError)\b/m;
const NO_ROOM = /^OSError: \[Errno (?:28|122)\]/m;

const MAX_WAIT_SECONDS = 7 * 86_400;

/** Reads from certbot's log of one run why it failed: by the ACME problem types and exceptions in it, not by its prose. */
export function readFailure(log: string, now: Date): Failure {
  return { cause: readCause(log), retryAfterSeconds: readRetryAfter(log, now) };
}

/** What the other parts are told of a failure. */
export function toValidationFault(cause: FailureCause): ValidationFault {
  if (cause === 'caa' || cause === 'record-not-set') return 'dns';
  return cause === 'connection' || cause === 'wrong-answer' || cause === 'dns' || cause === 'rate-limited'
    ? cause
    : 'other';
}

function readCause(log: string): FailureCause {
  if (NO_ROOM.test(log)) return 'disk-full';
  // A rejected nonce is part of the protocol: certbot tries again, once, and then gives up
  const types = [...log.matchAll(PROBLEM_TYPE)].map((match) => match[1]);
  const type = types.findLast((name) => name !== 'badNonce');
  if (type !== undefined) return CAUSES[type] ?? 'other';
  if (NO_ANSWER.test(log)) return 'server-away';
  if (types.length > 0) return 'nonces-rejected';
  return STRANGE_ANSWER.test(log) ? 'server-fault' : 'other';
}

/** A number of seconds or a date (RFC 9110, section 10.2.3). The server also sends it while it works: the last counts. */
function readRetryAfter(log: string, now: Date): number | null {
  const value = [...log.matchAll(RETRY_AFTER)].at(-1)?.[1]?.trim();
  if (value === undefined) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_WAIT_SECONDS) : null;
}
