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
  ['no part answers', null, null, 'unknown', 'are not responding'],
  [
    'name and reach not checked yet',
    nameStatus({ state: 'unknown', reach: reach('unknown') }),
    missing(),
    'unknown',
    'yet',
  ],
  ['a request to our own name is answered', nameStatus(), certificateStatus(), 'reachable', 'home.test is reachable.'],
  ['it does, before there is a certificate', nameStatus(), missing(), 'reachable', 'is reachable'],
  [
    'https is answered and http is not',
    nameStatus({ reach: { ...reach('answered'), http: 'timeout' } }),
    certificateStatus({ challenge: 'dns-01' }),
    'reachable',
    'forward port 80 to port 8080',
  ],
  [
    'the router does not turn around, but the ACME server came lately',
    nameStatus({ reach: reach('timeout') }),
    certificateStatus({ validatedAt: daysFromNow(-6) }),
    'reachable',
    'reached home.test on 15 November 2026',
  ],
  [
    'the router does not turn around, and the ACME server came long ago',
    nameStatus({ reach: reach('timeout') }),
    certificateStatus(),
    'unknown',
    'from a phone without Wi-Fi',
  ],
  [
    'nothing answers, and no validation ever succeeded',
    nameStatus({ reach: reach('timeout') }),
    missing(),
    'port-closed',
    STEPS,
  ],
  ['it is refused', nameStatus({ reach: reach('refused') }), missing(), 'port-closed', STEPS],
  ['something else answers', nameStatus({ reach: reach('strange') }), missing(), 'port-closed', 'perhaps the router'],
  [
    'the proof was by DNS, which says nothing of ports',
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
    'the ACME server finds something else',
    nameStatus({ reach: reach('timeout') }),
    missing({ challenge: 'http-01', lastFault: 'wrong-answer' }),
    'port-closed',
    'Another server answers',
  ],
  [
    'the ACME server has no time',
    nameStatus(),
    certificateStatus({ lastFault: 'rate-limited' }),
    'reachable',
    'is reachable',
  ],
  [
    'the name leads elsewhere',
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
    'the name leads nowhere',
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
])('%s', (_, name, certificate, state, sentence) => {
  const judged = judge(name, certificate);
  expect(judged.state).toBe(state);
  expect(judged.sentence).toContain(sentence);
  expect(judged.sentence).not.toMatch(/undefined|null|NaN/);
});

describe('the router’s address', () => {
  const behind = (routerAddress: string) => nameStatus({ routerAddress, reach: reach('timeout') });

  test.each(['100.64.0.1', '100.127.255.254'])('the shared address %s: is carrier NAT', (address) => {
    const judged = judge(behind(address), missing({ challenge: 'http-01', lastFault: 'connection' }));
    expect(judged).toMatchObject({ state: 'carrier-nat', sentence: expect.stringContaining(address) as string });
    expect(judged.sentence).toContain('public IPv4 address');
  });

  test.each(['192.168.178.2', '10.0.0.3', '172.16.4.1'])('the private address %s: is a second router', (address) => {
    const judged = judge(behind(address), missing());
    expect(judged).toMatchObject({
      state: 'carrier-nat',
      sentence: expect.stringContaining('another router') as string,
    });
    expect(judged.sentence).toContain(STEPS);
  });

  test('an address that differs from the public one: is carrier NAT', () => {
    expect(judge(behind('198.18.0.8'), missing()).state).toBe('carrier-nat');
  });

  test.each(['198.18.0.7', 'nonsense'])('the address %s: does not count', (address) => {
    expect(judge(behind(address), missing()).state).toBe('port-closed');
  });

  test('while a request to our own name is answered: does not count', () => {
    expect(judge(nameStatus({ routerAddress: '100.64.0.1' }), certificateStatus()).state).toBe('reachable');
  });
});
