import { expect, test } from 'vitest';
import { createSealer } from '../../src/keys/sealer.ts';

const SECRET = 'a-secret-of-the-tests-with-enough-characters';
const sealer = createSealer(SECRET, 'tests');

test('a sealed text: does not show it, is another one each time, and opens with the same context', () => {
  const [one, other] = [sealer.seal('s3cret', 'row 1'), sealer.seal('s3cret', 'row 1')];
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('s3cret');
  expect(one).not.toBe(other);
  expect([one, other].map((sealed) => sealer.open(sealed, 'row 1'))).toEqual(['s3cret', 's3cret']);
  expect(sealer.open(sealer.seal('', 'row 1'), 'row 1')).toBe('');
});

test('another context, secret or purpose: opens nothing', () => {
  const sealed = sealer.seal('s3cret', 'row 1');
  expect(sealer.open(sealed, 'row 2')).toBeUndefined();
  expect(createSealer(`${SECRET}x`, 'tests').open(sealed, 'row 1')).toBeUndefined();
  expect(createSealer(SECRET, 'others').open(sealed, 'row 1')).toBeUndefined();
});

test('a text that was changed at any place, or cut: opens nothing', () => {
  const sealed = Buffer.from(sealer.seal('s3cret', 'row 1'), 'base64url');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(sealer.open(changed.toString('base64url'), 'row 1'), `byte ${at}`).toBeUndefined();
    expect(sealer.open(sealed.subarray(0, at).toString('base64url'), 'row 1'), `${at} bytes`).toBeUndefined();
  }
  expect(sealer.open('nonsense', 'row 1')).toBeUndefined();
});
