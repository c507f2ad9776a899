import { describe, expect, test } from 'vitest';
import { firstChallenge, otherChallenge } from '../../src/challenge/challenge-choice.ts';

describe('the kind of challenge', () => {
  const facts = { setting: 'auto', lastSuccess: null, canSetRecords: true } as const;

  test('with the setting auto: is HTTP-01 first, then DNS-01 if no server answered and records can be set', () => {
    expect(firstChallenge(facts)).toBe('http-01');
    expect(otherChallenge(facts, 'http-01', 'connection')).toBe('dns-01');
    expect(otherChallenge({ ...facts, canSetRecords: false }, 'http-01', 'connection')).toBeNull();
    expect(otherChallenge(facts, 'http-01', 'rate-limited')).toBeNull();
  });

  test('with the setting auto after a success of DNS-01: is DNS-01 first, then HTTP-01 if the record was not set', () => {
    const remembering = { ...facts, lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(remembering)).toBe('dns-01');
    expect(firstChallenge({ ...remembering, canSetRecords: false })).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'record-not-set')).toBe('http-01');
    expect(otherChallenge(remembering, 'dns-01', 'server-away')).toBeNull();
  });

  test('with a fixed setting: is always that challenge', () => {
    const fixed = { ...facts, setting: 'http-01', lastSuccess: 'dns-01' } as const;
    expect(firstChallenge(fixed)).toBe('http-01');
    expect(otherChallenge(fixed, 'http-01', 'connection')).toBeNull();
  });
});
