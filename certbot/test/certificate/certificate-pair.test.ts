import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPairFault, parsePair } from '../../src/certificate/certificate-pair.ts';

const NAME = 'home.linkcast.test';

let directory: string;
/** Two certificates, each signed by itself. */
let one: { readonly key: string; readonly certificate: string };
let other: { readonly key: string; readonly certificate: string };

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-pair-'));
  one = await makeCertificate('one');
  other = await makeCertificate('other');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function makeCertificate(name: string) {
  const [keyFile, file] = [path.join(directory, `${name}.key`), path.join(directory, `${name}.pem`)];
  const args = [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '6'],
    ...['-subj', `/O=Linkcast/CN=${name}`, '-addext', `subjectAltName=DNS:${NAME}`, '-keyout', keyFile, '-out', file],
  ];
  execFileSync('openssl', args, { stdio: 'ignore' });
  return { key: await readFile(keyFile, 'utf8'), certificate: await readFile(file, 'utf8') };
}

const faultOf = (pem: string, name = NAME, now = new Date()) => findPairFault(parsePair(pem), name, now);

test('a good pair: has no fault, and its issuer and serial number are parsed', () => {
  const pem = one.key + one.certificate;
  expect(faultOf(pem)).toBeNull();
  expect(parsePair(pem)).toMatchObject({
    issuer: 'Linkcast one',
    serialNumber: expect.stringMatching(/^[0-9A-F]+$/) as string,
  });
});

test.for<[string, () => string]>([
  ['nothing', () => ''],
  ['a key alone', () => one.key],
  ['a certificate alone', () => one.certificate],
  ['an incomplete file', () => (one.key + one.certificate).slice(0, -200)],
])('%s in place of a pair: the fault is unreadable', ([, pem]) => {
  expect(faultOf(pem())).toBe('unreadable');
});

test('a certificate with the key of another one: the fault is wrong-key', () => {
  expect(faultOf(other.key + one.certificate)).toBe('wrong-key');
});

test('a pair for another domain name: the fault is wrong-name', () => {
  expect(faultOf(one.key + one.certificate, 'other.linkcast.test')).toBe('wrong-name');
});

test('an expired pair: the fault is expired', () => {
  expect(faultOf(one.key + one.certificate, NAME, new Date(Date.now() + 7 * 86_400_000))).toBe('expired');
});

test('a chain with a certificate that did not issue the one before: the fault is broken-chain', () => {
  expect(faultOf(one.key + one.certificate + other.certificate)).toBe('broken-chain');
});
