import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startEgress,
  type EgressProcess,
  type OriginServer,
} from '@linkcast/testing';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEgressFetch, type FetchBytes } from '../../src/egress/egress-fetch.ts';

const LIMITS = { maxBytes: 1_000_000, timeoutMs: 10_000 };

let origin: OriginServer;
let canary: OriginServer;
let secure: https.Server;
let folder: string;
let egress: EgressProcess;
let fetchBytes: FetchBytes;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'egress-fetch-'));
  secure = https.createServer(await makeCertificate(), (request, response) => response.end(`secure ${request.url}`));
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
});
afterAll(async () => {
  secure.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  canary = await createOriginServer();
  egress = await startEgress({ ALLOW_PRIVATE_SOURCES: `${origin.hostPort} 127.0.0.1:${securePort()}` });
  fetchBytes = createEgressFetch(egress.proxyUrl('job1'));
});
afterEach(() => Promise.all([egress.close(), origin.close(), canary.close()]));

describe('fetchBytes', () => {
  it('a picture: is returned complete with its type', async () => {
    const fetched = await fetchBytes(origin.url + fixturePaths.thumbnail, LIMITS);
    expect(fetched).toMatchObject({ status: 200, contentType: 'image/jpeg', isWhole: true });
    expect(fetched.body.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it('a byte range: only these bytes are returned', async () => {
    const fetched = await fetchBytes(origin.url + fixturePaths.mp4, { ...LIMITS, range: { start: 4, end: 7 } });
    expect([fetched.status, fetched.body.toString()]).toEqual([206, 'ftyp']);
  });

  it('a file over the limit: is cut at the limit', async () => {
    const fetched = await fetchBytes(origin.url + fixturePaths.mp4, { ...LIMITS, maxBytes: 1000 });
    expect([fetched.body.length, fetched.isWhole]).toEqual([1000, false]);
  });

  it('a URL over https: is fetched through the proxy', async () => {
    const fetched = await fetchBytes(`https://127.0.0.1:${securePort()}/path`, LIMITS);
    expect([fetched.status, fetched.body.toString()]).toEqual([200, 'secure /path']);
  });

  it.each(['http', 'https'])(
    'a URL over %s to a private address: is forbidden, and no connection is made',
    async (scheme) => {
      await expect(fetchBytes(`${scheme}://${canary.hostPort}/`, LIMITS)).rejects.toMatchObject({
        code: 'source-forbidden',
        facts: { host: '127.0.0.1' },
      });
      expect(canary.requests).toEqual([]);
    },
  );

  it('a redirect to an allowed address: is followed', async () => {
    origin.behave('/a', { kind: 'redirect', to: '/b' });
    origin.behave('/b', { kind: 'redirect', to: fixturePaths.thumbnail });
    const fetched = await fetchBytes(`${origin.url}/a`, LIMITS);
    expect([fetched.status, fetched.finalUrl]).toEqual([200, origin.url + fixturePaths.thumbnail]);
  });

  it('a redirect to a private address: is forbidden', async () => {
    origin.behave('/a', { kind: 'redirect', to: `${canary.url}/` });
    await expect(fetchBytes(`${origin.url}/a`, LIMITS)).rejects.toMatchObject({ code: 'source-forbidden' });
    expect(canary.requests).toEqual([]);
  });

  it.each(['/a', 'file:///etc/passwd', 'http://'])('a redirect to %s: fails as unreachable', async (to) => {
    origin.behave('/a', { kind: 'redirect', to });
    await expect(fetchBytes(`${origin.url}/a`, LIMITS)).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(origin.requests.length).toBeLessThanOrEqual(6);
  });

  it('cookies: are not sent to another origin after a redirect', async () => {
    const other = await createOriginServer();
    const both = await startEgress({ ALLOW_PRIVATE_SOURCES: `${origin.hostPort} ${other.hostPort}` });
    origin.behave('/a', { kind: 'redirect', to: `${other.url}/b` });
    await createEgressFetch(both.proxyUrl('job1'))(`${origin.url}/a`, {
      ...LIMITS,
      headers: { Cookie: 'secret', 'user-agent': 'x' },
    });
    expect(origin.requests[0]?.headers.cookie).toBe('secret');
    expect(other.requests[0]?.headers).toMatchObject({ 'user-agent': 'x' });
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
    await Promise.all([both.close(), other.close()]);
  });

  it.each([
    ['that stalls', { kind: 'stall', afterBytes: 10 }],
    ['that does not answer', { kind: 'slow-header', seconds: 60 }],
    ['that drips', { kind: 'throttle', bytesPerSecond: 100 }],
  ] as const)('an origin %s: fails as stalled at the time limit', async (_, behaviour) => {
    origin.behave('/thumbnail.jpg', behaviour);
    const fetching = fetchBytes(origin.url + fixturePaths.thumbnail, { ...LIMITS, timeoutMs: 300 });
    await expect(fetching).rejects.toMatchObject({ code: 'source-stalled' });
  });

  it('an origin that closes the connection early: fails as unreachable', async () => {
    origin.behave('/thumbnail.jpg', { kind: 'truncate', afterBytes: 100, contentLength: 'whole' });
    const fetching = fetchBytes(origin.url + fixturePaths.thumbnail, LIMITS);
    await expect(fetching).rejects.toMatchObject({ code: 'source-unreachable' });
  });

  it('an endless answer: is cut at the size limit', async () => {
    origin.behave('/thumbnail.jpg', { kind: 'endless' });
    const fetched = await fetchBytes(origin.url + fixturePaths.thumbnail, { ...LIMITS, maxBytes: 500_000 });
    expect([fetched.body.length, fetched.isWhole]).toEqual([500_000, false]);
  });

  it('an aborted fetch: rejects with the reason', async () => {
    origin.behave('/thumbnail.jpg', { kind: 'stall', afterBytes: 10 });
    const stop = new AbortController();
    const fetching = fetchBytes(origin.url + fixturePaths.thumbnail, { ...LIMITS, signal: stop.signal });
    await vi.waitUntil(() => origin.requests[0]?.sentBytes === 10);
    stop.abort(new Error('cancelled'));
    await expect(fetching).rejects.toThrow('cancelled');
  });

  it('a source that imitates a refusal of the proxy: is treated as an answer of the source', async () => {
    const headers = { 'proxy-status': 'linkcast-egress; error=destination_ip_prohibited' };
    origin.behave('/a', { kind: 'status', status: 403, headers });
    expect(await fetchBytes(`${origin.url}/a`, LIMITS)).toMatchObject({ status: 403 });
  });

  it('a refused fetch: does not affect the next one', async () => {
    await expect(fetchBytes(`${canary.url}/`, LIMITS)).rejects.toMatchObject({ code: 'source-forbidden' });
    expect(await fetchBytes(origin.url + fixturePaths.thumbnail, LIMITS)).toMatchObject({ status: 200 });
  });
});

function securePort(): number {
  return (secure.address() as AddressInfo).port; // it listens on TCP
}

/** A certificate for 127.0.0.1 that this process trusts. */
async function makeCertificate(): Promise<{ key: Buffer; cert: Buffer }> {
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1'];
  const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...name], {
    cwd: folder,
    stdio: 'ignore',
  });
  const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((file) => readFile(path.join(folder, file))));
  if (!key || !cert) throw new Error('openssl wrote no certificate');
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert.toString()]);
  return { key, cert };
}
