import { until } from '@linkcast/testing';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createEdge } from '../../src/edge.ts';
import { readServedSerial } from '../../src/certificate/served-certificate.ts';
import { DOMAIN, startCertifiedEdge, type CertifiedEdge } from '../fixtures/certified-edge.ts';
import { MEDIA_ID, SESSION, type EdgeFixture } from '../fixtures/edge-fixture.ts';

const SOON_SECONDS = 25;
const FILE = `/media/${MEDIA_ID}/v1080.mp4`;

let edge: CertifiedEdge | undefined;
afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const serialOf = (pem: string) => new X509Certificate(pem).serialNumber;
const servedSerial = ({ options }: EdgeFixture, name = DOMAIN) =>
  readServedSerial({ host: '127.0.0.1', port: options.httpsPort, name });
const storedPair = ({ options }: EdgeFixture) => path.join(options.stateDirectory, 'pair.pem');
const isLogged = ({ log }: EdgeFixture, text: string) => log.some((line) => line.includes(text));

async function switchTo(running: CertifiedEdge, pem: string): Promise<void> {
  await running.publish(pem);
  await until(async () => (await servedSerial(running)) === serialOf(pem), SOON_SECONDS);
}

function open({ options }: EdgeFixture, target: string): Promise<IncomingMessage> {
  const request = http.get({
    host: '127.0.0.1',
    port: options.httpPort,
    path: target,
    headers: { host: 'localhost', cookie: `linkcast=${SESSION}` },
    agent: false,
  });
  return once(request, 'response').then(([response]) => response as IncomingMessage); // what node emits
}

test('the first certificate: replaces the self-signed one, except on localhost', async () => {
  edge = await startCertifiedEdge({}, () => Promise.resolve(''));
  const before = await servedSerial(edge);
  expect(before).toBe(await servedSerial(edge, 'localhost'));
  const pem = await edge.authority.issue(DOMAIN);
  await switchTo(edge, pem);
  expect(await servedSerial(edge, 'localhost')).toBe(before);
  expect((await stat(storedPair(edge))).mode & 0o777).toBe(0o600);
  await until(() => isLogged(edge as CertifiedEdge, 'certificate switched'), SOON_SECONDS); // set above
  expect((await edge.request('/', { headers: { host: DOMAIN } })).status).toBe(308);
});

test('a new certificate under load: no request fails, and a download and a listener continue', async () => {
  edge = await startCertifiedEdge();
  const running = edge;
  const bytes = 48 * 2 ** 20;
  await truncate(path.join(running.options.mediaDirectory, MEDIA_ID, 'audio.mp3'), bytes);
  let more: (() => void) | undefined;
  running.icecast.handler = (_request, response) => {
    response.write('first');
    more = () => void response.write('after');
  };
  let [isDone, requests] = [false, 0];
  const listener = await open(running, '/play');
  await once(listener, 'data');
  const download = await open(running, `/media/${MEDIA_ID}/audio.mp3`);
  let received = 0;
  const downloading = (async () => {
    for await (const part of download) {
      received += (part as Buffer).length; // no encoding was set
      if (!isDone) await delay(50); // a slow client: the download must outlast the switches
    }
  })();

  const failures: unknown[] = [];
  const load = Array.from({ length: 4 }, async () => {
    while (!isDone) {
      const answer = await running.request(FILE, { headers: { range: 'bytes=0-4' } }).catch((error: unknown) => error);
      if (!(answer instanceof Object && 'status' in answer && answer.status === 206)) failures.push(answer);
      requests += 1;
    }
  });
  for (let round = 0; round < 3; round += 1) await switchTo(running, await running.authority.issue(DOMAIN));
  isDone = true;
  await Promise.all(load);
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(10);

  more?.();
  const [chunk] = (await once(listener, 'data')) as [Buffer]; // what node emits
  expect(String(chunk)).toBe('after');
  listener.destroy();
  await downloading;
  expect(received).toBe(bytes);
}, 180_000);

const BROKEN_CHAIN = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const WEAK_KEY = ['-newkey', 'rsa:1024', '-nodes'];
const part = (pem: string, kind: RegExp) => (pem.match(kind) ?? []).join('\n');
const KEY = /-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----\n/g;

describe('an invalid pair', () => {
  test.each<[string, string, (running: CertifiedEdge) => Promise<string>]>([
    ['that is no pair', 'no readable certificate', () => Promise.resolve('nonsense')],
    [
      'without a key',
      'no readable private key',
      async ({ authority }) => (await authority.issue(DOMAIN)).replace(KEY, ''),
    ],
    [
      'with the key of another',
      'the key does not match',
      async ({ authority }) => {
        const [one, other] = [await authority.issue(DOMAIN), await authority.issue(DOMAIN)];
        return part(one, KEY) + other.replace(KEY, '');
      },
    ],
    ['for another name', `is not for ${DOMAIN}`, ({ authority }) => authority.issue('other.linkcast.test')],
    ['that is expired', 'expired', ({ authority }) => authority.issue(DOMAIN, { days: 0 })],
    [
      'with a broken chain',
      'refused by nginx',
      async ({ authority }) => (await authority.issue(DOMAIN)) + BROKEN_CHAIN,
    ],
    ['with a weak key', 'refused by nginx', ({ authority }) => authority.issue(DOMAIN, { key: WEAK_KEY })],
    [
      'that is truncated',
      'no readable certificate',
      async ({ authority }) => (await authority.issue(DOMAIN)).slice(0, 500),
    ],
  ])('%s: is refused with one warning, and the previous pair is served', async (_, fault, make) => {
    edge = await startCertifiedEdge();
    const running = edge;
    const good = await readFile(storedPair(running), 'utf8');
    await running.publish(await make(running));
    const warnings = () => running.log.filter((line) => line.includes('certificate refused'));
    await until(() => warnings().length > 0, SOON_SECONDS);
    expect(warnings()[0]).toContain(fault);
    expect(await servedSerial(running)).toBe(serialOf(good));
    await switchTo(running, await running.authority.issue(DOMAIN));
    expect(warnings()).toHaveLength(1);
  });
});

describe('a restart', () => {
  /** Stops the edge, changes its files, and starts it again. */
  async function restart(change: (running: CertifiedEdge) => Promise<void>): Promise<CertifiedEdge> {
    const running = await startCertifiedEdge();
    edge = running;
    await running.stopEdge();
    await change(running);
    const again = await createEdge(running.options);
    edge = {
      ...running,
      stop: async () => {
        await again.stop();
        await running.stop();
      },
    };
    await until(async () => (await servedSerial(running)) !== undefined, SOON_SECONDS);
    return edge;
  }

  test('without the directory of certbot: serves the stored certificate', async () => {
    const running = await restart(({ options }) => rm(options.certificateDirectory, { recursive: true }));
    expect(await servedSerial(running)).toBe(serialOf(await readFile(storedPair(running), 'utf8')));
  });

  test('with an expired stored certificate: serves it, and logs that it has expired', async () => {
    const running = await restart(async (stopped) => {
      await rm(stopped.options.certificateDirectory, { recursive: true });
      await writeFile(storedPair(stopped), await stopped.authority.issue(DOMAIN, { days: 0 }));
    });
    expect(await servedSerial(running)).toBe(serialOf(await readFile(storedPair(running), 'utf8')));
    expect(isLogged(running, 'certificate expired')).toBe(true);
  });

  test('with a damaged stored certificate: serves the copy of certbot', async () => {
    const running = await restart((stopped) => writeFile(storedPair(stopped), 'damaged'));
    const published = await readFile(path.join(running.options.certificateDirectory, 'pair.pem'), 'utf8');
    expect(await servedSerial(running)).toBe(serialOf(published));
  });

  test('with a directory instead of the pair: serves the self-signed certificate', async () => {
    const running = await restart(async ({ options }) => {
      await rm(path.join(options.certificateDirectory, 'pair.pem'));
      await mkdir(path.join(options.certificateDirectory, 'pair.pem'));
      await rm(path.join(options.stateDirectory, 'pair.pem'));
    });
    expect(await servedSerial(running)).toBe(await servedSerial(running, 'localhost'));
  });
});
