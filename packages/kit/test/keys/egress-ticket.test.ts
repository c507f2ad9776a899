import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { egressProxyUrl, issueEgressTicket, pictureProxyUrl, readEgressTicket } from '../../src/keys/egress-ticket.ts';

const KEY = 'a-key-of-the-egress-proxy-for-tests';
const NOW = 1_800_000_000_000;
const CLAIMS = { jobId: 'job1', maxBytes: 1000, expiresAt: NOW + 60_000, refusedAddresses: ['203.0.113.7'] };

const read = (username: string, password: string, { key = KEY, now = NOW } = {}) =>
  readEgressTicket(key, username, password, now);

describe('an egress ticket', () => {
  const { username, password } = issueEgressTicket(KEY, CLAIMS);

  it('unaltered: gives its claims', () => {
    expect(read(username, password)).toEqual({ ...CLAIMS, purpose: 'download' });
  });

  it('at its expiry: is refused', () => {
    expect(read(username, password, { now: CLAIMS.expiresAt - 1 })).toBeDefined();
    expect(read(username, password, { now: CLAIMS.expiresAt })).toBeUndefined();
  });

  it('signed with another key: is refused', () => {
    expect(read(username, password, { key: `${KEY}2` })).toBeUndefined();
  });

  it.each([
    ['more bytes', { ...CLAIMS, maxBytes: 1e12 }],
    ['more time', { ...CLAIMS, expiresAt: NOW * 2 }],
    ['another job', { ...CLAIMS, jobId: 'job2' }],
    ['no refused addresses', { ...CLAIMS, refusedAddresses: [] }],
  ])('altered to claim %s: is refused', (_, claims) => {
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(read(altered, password)).toBeUndefined();
  });

  it.each(['', 'x', `${username}=`, `${username}.`, `${username}.other`, `${username}.picture.picture`, 'bnVsbA'])(
    'with the user name %j: is refused',
    (name) => {
      expect(read(name, password)).toBeUndefined();
    },
  );

  it('with an empty user name or password: is refused', () => {
    const { password: signature } = issueEgressTicket(KEY, CLAIMS);
    expect(read('', signature)).toBeUndefined();
    expect(read(username, '')).toBeUndefined();
  });

  it('with random user name and password: is refused without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, word) => {
        expect(read(name, word)).toBeUndefined();
      }),
    );
  });

  it('in a proxy URL: is read unchanged, also with the purpose of pictures', () => {
    const url = egressProxyUrl('http://egress:5003', { username, password });
    expect(new URL(url)).toMatchObject({ origin: 'http://egress:5003', username, password });
    const picture = new URL(pictureProxyUrl(pictureProxyUrl(url)));
    expect(read(picture.username, picture.password)).toEqual({ ...CLAIMS, purpose: 'picture' });
  });

  it('with claims outside their range: is not issued', () => {
    expect(() => issueEgressTicket(KEY, { ...CLAIMS, maxBytes: 0 })).toThrow();
    expect(() => issueEgressTicket(KEY, { ...CLAIMS, jobId: '' })).toThrow();
  });
});
