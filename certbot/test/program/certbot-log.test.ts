import { expect, test } from 'vitest';
import { readFailure } from '../../src/program/certbot-log.ts';
import { toValidationFault, type FailureCause } from '../../src/program/failure.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const problem = (type: string) =>
  `2026-11-21 12:00:00,001:DEBUG:acme.client:Received response:\nHTTP 400\nRetry-After: 5\n\n{\n  "type": "urn:ietf:params:acme:error:${type}",\n  "detail": "a detail"\n}\n`;
const traceback = (line: string) =>
  `Traceback (most recent call last):\n  File "x.py", line 1, in main\n${line}: words\n`;

test.for<[string, string, FailureCause]>([
  ['the problem connection', problem('connection'), 'connection'],
  ['the problem tls', problem('tls'), 'connection'],
  ['the problem unauthorized', problem('unauthorized'), 'wrong-answer'],
  ['the problem incorrectResponse', problem('incorrectResponse'), 'wrong-answer'],
  ['the problem dns', problem('dns'), 'dns'],
  ['the problem rateLimited', problem('rateLimited'), 'rate-limited'],
  ['the problem caa', problem('caa'), 'caa'],
  ['the problem rejectedIdentifier', problem('rejectedIdentifier'), 'refused-name'],
  ['the problem accountDoesNotExist', problem('accountDoesNotExist'), 'unknown-account'],
  ['the problem serverInternal', problem('serverInternal'), 'server-fault'],
  ['rejected nonces alone', problem('badNonce'), 'nonces-rejected'],
  ['a problem among rejected nonces', problem('badNonce') + problem('connection') + problem('badNonce'), 'connection'],
  ['an unknown problem', problem('somethingNew'), 'other'],
  ['a refused connection', traceback('requests.exceptions.ConnectionError'), 'server-away'],
  ['a timeout', traceback('requests.exceptions.ReadTimeout'), 'server-away'],
  ['an answer without JSON', traceback('requests.exceptions.JSONDecodeError'), 'server-fault'],
  ['an answer that is no ACME', traceback('acme.errors.ClientError'), 'server-fault'],
  ['a full disk', traceback('OSError: [Errno 28] No space left on device'), 'disk-full'],
  ['an unknown exception', traceback('ValueError'), 'other'],
  ['nothing', '', 'other'],
])('a certbot log with %s: gives the matching cause', ([, log, cause]) => {
  expect(readFailure(log, NOW).cause).toBe(cause);
});

test.for<[string, number | null]>([
  ['Retry-After: 3600\n', 3600],
  ['Retry-After: 1\nRetry-After: 60\n', 60],
  ['Retry-After: Sat, 21 Nov 2026 13:00:00 GMT\n', 3600],
  ['Retry-After: Sat, 21 Nov 2026 11:00:00 GMT\n', 0],
  ['Retry-After: 99999999\n', 604_800],
  ['Retry-After: soon\n', null],
  ['retry after a while', null],
])('a certbot log with %j: retryAfterSeconds is %s', ([log, seconds]) => {
  expect(readFailure(log, NOW).retryAfterSeconds).toBe(seconds);
});

test.for<[FailureCause, string]>([
  ['connection', 'connection'],
  ['wrong-answer', 'wrong-answer'],
  ['dns', 'dns'],
  ['caa', 'dns'],
  ['record-not-set', 'dns'],
  ['rate-limited', 'rate-limited'],
  ['server-away', 'other'],
  ['disk-full', 'other'],
])('the cause %s: is the validation fault %s', ([cause, fault]) => {
  expect(toValidationFault(cause)).toBe(fault);
});
