import { TelegramError } from 'telegraf';
import { expect, test } from 'vitest';
import { classifyPollFailure } from '../../src/telegram/poll-failure.ts';

const refusal = (code: number, parameters?: { retry_after: number }): TelegramError =>
  new TelegramError({ error_code: code, description: 'words', ...(parameters ? { parameters } : {}) });
const named = (name: string): Error => Object.assign(new Error('/bot7:secret/getUpdates'), { name });

test.each([
  ['a pause of 7 seconds', refusal(429, { retry_after: 7 }), { kind: 'rate-limited', waitSeconds: 7 }],
  ['a pause without seconds', refusal(429), { kind: 'rate-limited', waitSeconds: 0 }],
  ['an unknown token', refusal(401), { kind: 'token-refused' }],
  ['a malformed token', refusal(404), { kind: 'token-refused' }],
  ['a second poller', refusal(409), { kind: 'conflict' }],
  ['a request that is not understood', refusal(400), { kind: 'bug' }],
  ['an error of ours', new TypeError('x is undefined'), { kind: 'bug' }],
  ['a value that is no error', 'text', { kind: 'bug' }],
])('%s: %s', (_, error, failure) => {
  expect(classifyPollFailure(error)).toEqual(failure);
});

test.each([
  ['a failure of Telegram itself', refusal(502)],
  [
    'JSON of another program',
    new TelegramError(JSON.parse('{"sign-in":"please"}') as { error_code: number; description: string }),
  ],
  ['a broken connection', named('FetchError')],
  ['a limit of telegraf', named('AbortError')],
  ['a limit of the platform', named('TimeoutError')],
])('%s: is of the network, and its reason has no token', (_, error) => {
  const failure = classifyPollFailure(error);
  expect(failure).toEqual({ kind: 'network', reason: expect.any(String) as string });
  expect(JSON.stringify(failure)).not.toContain('secret');
});
