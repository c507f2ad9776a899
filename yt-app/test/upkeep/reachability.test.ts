import type { CertificateStatus, NameStatus, Reachability } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { judgeReachability } from '../../src/upkeep/reachability.ts';
import { certificateStatus, daysFromNow, nameStatus, NOW, reach } from '../fixtures/part-status.ts';

const STEPS = 'forward port 80 to port 8080 and port 443 to port 4433 of this machine';
const judge = (name: NameStatus | null, certificate: CertificateStatus | null) =>
  judgeReachability(name, certificate, { httpPort: 8080, httpsPort: 4433, nowMs: NOW });

const missing = (changes: Partial<CertificateStatus> = {}) =>
  certificateStatus({
    state: 'missing',
    notBefore: null,
    notAfter: null,
    validatedAt: null,
    challenge: null,
    ...changes,
  });
const off = {
  name: nameStatus({ name: null, state: 'off' }),
  certificate: certificateStatus({ name: null, state: 'off' }),
};

type Case = [situation: string, NameStatus | null, CertificateStatus | null, Reachability['state'], sentence: string];

test.each<Case>([
  ['no public name', off.name, off.certificate, 'local', 'No DOMAIN_NAME'],
  ['no public name, and no answer from certbot', off.name, null, 'local', 'No DOMAIN_NAME'],
  ['no answer from any part', null, null, 'unknown', 'are not responding'],
  [
    'name and reach not checked yet',
    nameStatus({ state: 'unknown', reach: reach('unknown') }),
    missing(),
    'unknown',
    'yet',
  ],
  ['a request to our own name is answered', nameStatus(), certificateStatus(), 'reachable', 'home.test is reachable.'],
  [
    'a request to our own name is answered, without a certificate yet',
    nameStatus(),
    missing(),
    'reachable',
    'is reachable',
  ],
  [
    'https is answered and http is not',
    nameStatus({ reach: { ...reach('answered'), http: 'timeout' } }),
    certificateStatus({ challenge: 'dns-01' }),
    'reachable',
    'forward port 80 to port 8080',
  ],
  [
    'no answer from our own name, and a recent validation by the ACME server',
    nameStatus({ reach: reach('timeout') }),
    certificateStatus({ validatedAt: daysFromNow(-6) }),
    'reachable',
    'reached home.test on 15 November 2026',
  ],
  [
    'no answer from our own name, and an old validation by the ACME server',
    nameStatus({ reach: reach('timeout') }),
    certificateStatus(),
    'unknown',
    'from a phone without Wi-Fi',
  ],
  [
    'no answer from our own name, and no validation yet',
    nameStatus({ reach: reach('timeout') }),
    missing(),
    'port-closed',
    STEPS,
  ],
  ['a request to our own name is refused', nameStatus({ reach: reach('refused') }), missing(), 'port-closed', STEPS],
  [
    'another server answers at our own name',
    nameStatus({ reach: reach('strange') }),
    missing(),
    'port-closed',
    'perhaps the router',
  ],
  [
    'no answer from our own name, and a validation by DNS-01',
    nameStatus({ reach: reach('timeout') }),
    certificateStatus({ challenge: 'dns-01', validatedAt: daysFromNow(-1) }),
    'port-closed',
    STEPS,
  ],
  [
    'the ACME server cannot connect, though a request to our own name is answered',
    nameStatus(),
    missing({ challenge: 'http-01', lastFault: 'connection' }),
    'port-closed',
    STEPS,
  ],
  [
    'the ACME server finds another server',
    nameStatus({ reach: reach('timeout') }),
    missing({ challenge: 'http-01', lastFault: 'wrong-answer' }),
    'port-closed',
    'Another server answers',
  ],
  [
    'the ACME server limits the rate',
    nameStatus(),
    certificateStatus({ lastFault: 'rate-limited' }),
    'reachable',
    'is reachable',
  ],
  [
    'the name points elsewhere',
    nameStatus({
      state: 'wrong',
      addresses: [{ family: 4, public: '198.18.0.7', served: ['198.18.0.9'], writtenAt: null }],
      reach: reach('strange'),
    }),
    missing({ challenge: 'http-01', lastFault: 'connection' }),
    'wrong-address',
    'home.test points to 198.18.0.9, but this connection has the address 198.18.0.7.',
  ],
  [
    'the name points to no address',
    nameStatus({ state: 'wrong', addresses: [{ family: 4, public: null, served: [], writtenAt: null }] }),
    missing(),
    'wrong-address',
    'home.test points to no address, which is not this connection.',
  ],
  [
    'no answer from the DDNS updater: the certificate decides',
    null,
    certificateStatus({ validatedAt: daysFromNow(-1) }),
    'reachable',
    'on 20 November',
  ],
  ['no answer from certbot: the name decides', nameStatus(), null, 'reachable', 'is reachable'],
])('%s: gives the expected state and sentence', (_, name, certificate, state, sentence) => {
  const judged = judge(name, certificate);
  expect(judged.state).toBe(state);
  expect(judged.sentence).toContain(sentence);
  expect(judged.sentence).not.toMatch(/undefined|null|NaN/);
});

describe('the router’s address', () => {
  const behind = (routerAddress: string) => nameStatus({ routerAddress, reach: reach('timeout') });

  test.each(['100.64.0.1', '100.127.255.254'])('in the shared range, %s: is carrier NAT', (address) => {
    const judged = judge(behind(address), missing({ challenge: 'http-01', lastFault: 'connection' }));
    expect(judged).toMatchObject({ state: 'carrier-nat', sentence: expect.stringContaining(address) as string });
    expect(judged.sentence).toContain('public IPv4 address');
  });

  test.each(['192.168.178.2', '10.0.0.3', '172.16.4.1'])('in a private range, %s: is a second router', (address) => {
    const judged = judge(behind(address), missing());
    expect(judged).toMatchObject({
      state: 'carrier-nat',
      sentence: expect.stringContaining('another router') as string,
    });
    expect(judged.sentence).toContain(STEPS);
  });

  test('different from the public address: is carrier NAT', () => {
    expect(judge(behind('198.18.0.8'), missing()).state).toBe('carrier-nat');
  });

  test.each(['198.18.0.7', 'nonsense'])('equal to the public address or unreadable, %s: is ignored', (address) => {
    expect(judge(behind(address), missing()).state).toBe('port-closed');
  });

  test('with an answer to a request to our own name: is ignored', () => {
    expect(judge(nameStatus({ routerAddress: '100.64.0.1' }), certificateStatus()).state).toBe('reachable');
  });
});
