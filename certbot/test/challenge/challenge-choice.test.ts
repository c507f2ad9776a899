import { describe, expect, test } from 'vitest';
import { firstChallenge, otherChallenge } from '../../src/challenge/challenge-choice.ts';

describe('the kind of challenge', () => {
  const facts = { setting: 'auto', lastSuccess: null, canSetRecords: true } as const;

  test('auto: is HTTP-01 first, then DNS-01 when no server answered and records can be set', () => {
    expect(firstChallenge(facts)).toBe('http-01');
    expect(otherChallenge(facts, 'http-01', 'connection')).toBe('dns-01');
    expect(otherChallenge({ ...facts, canSetRecords: false }, 'http-01', 'connection')).toBeNull();
    expect(otherChallenge(facts, 'http-01', 'rate-limited')).toBeNull();
  });

  test('auto, DNS-01 succeeded last: is DNS-01 first, then HTTP-01 when the record was not served', () => {
    const remembering = { ...facts, lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(remembering)).toBe('dns-01');
    expect(firstChallenge({ ...remembering, canSetRecords: false })).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'record-not-set')).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'server-away')).toBeNull();
  });

  test('a fixed setting: is the only challenge', () => {
    const fixed = { ...facts, setting: 'http-01', lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(fixed)).toBe('http-01');
    expect(otherChallenge(fixed, 'http-01', 'connection')).toBeNull();
  });
});
