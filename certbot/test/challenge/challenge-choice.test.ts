import { describe, expect, test } from 'vitest';
import { firstChallenge, otherChallenge } from '../../src/challenge/challenge-choice.ts';

describe('the kind of challenge', () => {
  const facts = { setting: 'auto', lastSuccess: null, canSetRecords: true } as const;

  test('auto: HTTP-01 first, and DNS-01 when nobody answered and records can be set', () => {
    expect(firstChallenge(facts)).toBe('http-01');
    expect(otherChallenge(facts, 'http-01', 'connection')).toBe('dns-01');
    expect(otherChallenge({ ...facts, canSetRecords: false }, 'http-01', 'connection')).toBeNull();
    expect(otherChallenge(facts, 'http-01', 'rate-limited')).toBeNull();
  });

  test('auto, DNS-01 worked last: it comes first, and HTTP-01 when the record did not get through', () => {
    const remembering = { ...facts, lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(remembering)).toBe('dns-01');
    expect(firstChallenge({ ...remembering, canSetRecords: false })).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'record-not-set')).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'server-away')).toBeNull();
  });

  test('a set kind is the only one', () => {
    const fixed = { ...facts, setting: 'http-01', lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(fixed)).toBe('http-01');
    expect(otherChallenge(fixed, 'http-01', 'connection')).toBeNull();
  });
});
