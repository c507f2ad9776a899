import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOriginServer, startEgress, type EgressProcess, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEgressFetch } from '../../../src/egress/egress-fetch.ts';
import type { LiveSegment } from '../../../src/pipeline/live/live-playlist.ts';
import { createSegmentFetch } from '../../../src/pipeline/live/segment-fetch.ts';

const KEY = randomBytes(16);
const IV = randomBytes(16);
const PLAIN = randomBytes(1000);

let root: string;
let origin: OriginServer;
let forbidden: OriginServer;
let egress: EgressProcess;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-segments-'));
  [origin, forbidden] = await Promise.all([createOriginServer({ root }), createOriginServer({ root })]);
  egress = await startEgress({ ALLOW_PRIVATE_SOURCES: origin.hostPort });
  await writeFile(path.join(root, 'plain.ts'), PLAIN);
  await writeFile(path.join(root, 'key'), KEY);
  await writeFile(path.join(root, 'long-key'), randomBytes(17));
  await writeFile(path.join(root, 'stated.ts'), encrypted(IV));
  const sequence = Buffer.alloc(16);
  sequence.writeUInt32BE(70, 12);
  await writeFile(path.join(root, 'numbered.ts'), encrypted(sequence));
});
afterAll(async () => {
  await Promise.all([origin.close(), forbidden.close(), egress.close()]);
  await rm(root, { recursive: true, force: true });
});

function encrypted(iv: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-cbc', KEY, iv);
  return Buffer.concat([cipher.update(PLAIN), cipher.final()]);
}

function fetchSegment(name: string, { key, iv = null }: { key?: string; iv?: string | null } = {}, from = origin.url) {
  const segment: LiveSegment = {
    ...{ sequence: 70, url: `${from}/${name}`, seconds: 2, map: null },
    key: key === undefined ? null : { url: `${origin.url}/${key}`, iv },
  };
  const fetchBytes = createEgressFetch(egress.proxyUrl('segments'));
  return createSegmentFetch({ fetchBytes, headers: {}, signal: AbortSignal.timeout(20_000) }).fetch(segment);
}

test('a segment: comes as it is', async () => {
  expect(await fetchSegment('plain.ts')).toEqual(PLAIN);
});

test('an encrypted segment: is decrypted with the stated vector, else with its number', async () => {
  expect(await fetchSegment('stated.ts', { key: 'key', iv: IV.toString('hex') })).toEqual(PLAIN);
  expect(await fetchSegment('numbered.ts', { key: 'key' })).toEqual(PLAIN);
});

test.each<[string, string, { key?: string }]>([
  ['that is not there', 'missing.ts', {}],
  ['with a key that is not there', 'stated.ts', { key: 'missing-key' }],
  ['with a key of another length', 'stated.ts', { key: 'long-key' }],
  ['that was not encrypted', 'plain.ts', { key: 'key' }],
])('a segment %s: is missing', async (_name, file, encryption) => {
  expect(await fetchSegment(file, encryption)).toBeUndefined();
});

test('a segment at a private address: is missing, and the address is not asked', async () => {
  expect(await fetchSegment('plain.ts', {}, forbidden.url)).toBeUndefined();
  expect(forbidden.requests).toEqual([]);
});
