import { expect, test } from 'vitest';
import { z } from 'zod';
import { findKeyHolder, keyDigests } from '../../src/keys/key-digests.ts';
import { digestOf } from '../../src/keys/secret-digest.ts';

const hex = (key: string) => digestOf(key).toString('hex');
const parse = (text: string) => z.object({ KEY_DIGESTS: keyDigests() }).safeParse({ KEY_DIGESTS: text });

test.each([', ', '\n', ' '])('entries separated by %j: are the keys of their holders', (separator) => {
  const text = [`nginx:${hex('one')}`, `owner:${hex('two')}`].join(separator);
  const digests = parse(text).data?.KEY_DIGESTS ?? new Map();
  expect(findKeyHolder(digests, 'one')).toBe('nginx');
  expect(findKeyHolder(digests, 'two')).toBe('owner');
  for (const key of ['', 'three', 'on', 'one ', hex('one')]) expect(findKeyHolder(digests, key)).toBeUndefined();
});

test('a setting without entries: no key has a holder', () => {
  expect(findKeyHolder(parse('').data?.KEY_DIGESTS ?? new Map(), '')).toBeUndefined();
});

test.each([
  ['an unknown holder', `someone:${hex('one')}`],
  ['a property of every object', `constructor:${hex('one')}`],
  ['a key instead of its digest', 'nginx:canary-key-0123456789'],
  ['half a digest', `nginx:${hex('one').slice(1)}`],
  ['a digest in capitals', `nginx:${hex('one').toUpperCase()}`],
  ['no holder', hex('one')],
  ['a holder twice', `nginx:${hex('one')} nginx:${hex('two')}`],
  ['one key for two holders', `nginx:${hex('one')} bot:${hex('one')}`],
])('%s: is a fault without the value', (_, text) => {
  const { error } = parse(text);
  expect(error?.issues).toHaveLength(1);
  expect(error?.issues[0]?.message).toMatch(/^must be name:sha256 entries/);
  expect(error?.issues[0]?.message).not.toContain('canary');
});
