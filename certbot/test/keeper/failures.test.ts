import { portOf, until } from '@linkcast/testing';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ATTEMPT_SECONDS, DOMAIN_NAME, failure, newPair, openHome, SERVICE_KEY, type Home } from './keeper-fixture.ts';

const HOUR = 3_600_000;

let home: Home;
const servers: Server[] = [];
beforeEach(async () => {
  home = await openHome();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await home.close();
});

async function serve(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<string> {
  const server = createServer(listener).listen(port, host);
  servers.push(server);
  await once(server, 'listening');
  return `http://${host}:${portOf(server)}/dir`;
}

describe('a validation that fails', { timeout: 120_000 }, () => {
  test('nobody answers at the name: connection', async () => {
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await home.startPebble();
    const status = await failure(await home.startKeeper());
    expect(status).toMatchObject({ state: 'missing', challenge: 'http-01', lastFault: 'connection' });
    expect(status.lastError?.sentence).toContain('Port 80');
  });

  test('another server answers at the name: wrong-answer', async () => {
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.98');
    await serve((_request, response) => void response.end('a router says hello'), '127.0.0.98', home.httpPort);
    await home.startPebble();
    expect(await failure(await home.startKeeper())).toMatchObject({ lastFault: 'wrong-answer' });
  });

  test('the first attempt fails, then the name is right: the next one succeeds by itself, and the error is gone', async () => {
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await home.startPebble();
    const limits = { retryDelaysMs: [2000], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const keeper = await home.startKeeper({ limits });
    await failure(keeper);
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.1');
    await newPair(home);
    expect(await keeper.status()).toMatchObject({ state: 'valid', lastFault: null, lastError: null });
  });
});

describe('an ACME server that is not well', { timeout: 120_000 }, () => {
  test('dies in the middle of an order, comes back and has forgotten the account: a certificate is obtained', async () => {
    const pebble = await home.startPebble({ validationSeconds: 15 });
    const limits = { retryDelaysMs: [1000], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const keeper = await home.startKeeper({ limits });
    const challenges = path.join(home.certificateDirectory, 'webroot/.well-known/acme-challenge');
    await until(async () => (await readdir(challenges)).length > 0, ATTEMPT_SECONDS);
    await pebble.kill();
    const status = await failure(keeper);
    expect(status).toMatchObject({ state: 'missing', lastFault: 'other' });
    expect(status.lastError?.sentence).toContain('does not answer');

    await pebble.start({ validationSeconds: 1 });
    await newPair(home);
    expect(await readdir(challenges).catch(() => [])).toEqual([]); // certbot removes the folder too
  });

  test.for<[string, RequestListener, string]>([
    ['500', (_request, response) => void response.writeHead(500).end('oops'), 'an error of its own'],
    ['HTML', (_request, response) => void response.end('<html>Welcome to your router</html>'), 'an error of its own'],
    ['JSON that is no directory', (_request, response) => void response.end('{"hello": 1}'), 'an error of its own'],
    ['nothing', (request) => void request.socket.destroy(), 'does not answer'],
  ])('answers %s: the fault is called its own', async ([, listener, words]) => {
    const directoryUrl = await serve(listener);
    const status = await failure(await home.startKeeper({ directoryUrl }));
    expect(status).toMatchObject({ state: 'missing', lastFault: 'other' });
    expect(status.lastError?.sentence).toContain(words);
  });

  test('limits our rate: nothing is tried before the time that it says, not even after a restart', async () => {
    let requests = 0;
    const directoryUrl = await serve((_request, response) => {
      requests += 1;
      response.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '7200' });
      response.end('{"type": "urn:ietf:params:acme:error:rateLimited", "detail": "too many"}');
    });
    const keeper = await home.startKeeper({ directoryUrl });
    const status = await failure(keeper);
    expect(status).toMatchObject({ lastFault: 'rate-limited' });
    await keeper.stop();

    const requestsBefore = requests;
    const next = await home.startKeeper({ directoryUrl });
    const { nextAttemptAt } = await until(async () => {
      const now = await next.status();
      return now.nextAttemptAt !== null && now;
    });
    expect(Date.parse(nextAttemptAt ?? '')).toBeGreaterThan(Date.now() + 1.9 * HOUR);
    expect(requests).toBe(requestsBefore);
  });
});

describe('a disk that is full', { timeout: 120_000 }, () => {
  let isMounted = false;
  afterEach(() => {
    if (isMounted) execFileSync('umount', [home.certificateDirectory]);
    isMounted = false;
  });

  test('keeps the old pair in place, whole, and is named; with room again the new pair follows', async ({ skip }) => {
    const day = 86_400_000;
    await home.startPebble({ validitySeconds: (6 * day) / 1000 });
    try {
      const options = `size=64k,mode=755`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', home.certificateDirectory], { stdio: 'ignore' });
      isMounted = true;
    } catch {
      skip('a small disk can be mounted by root only');
    }
    await mkdir(path.join(home.certificateDirectory, 'webroot'));
    const first = await home.startKeeper();
    const pair = await newPair(home);
    await first.stop();

    const filler = path.join(home.certificateDirectory, 'webroot/filler');
    fill(filler);
    const limits = { retryDelaysMs: [500], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const now = () => new Date(Date.now() + 4 * day);
    const second = await home.startKeeper({ limits, now });
    const status = await failure(second);
    expect(status.lastError?.sentence).toContain('disk is full');
    expect(await home.published()).toBe(pair);
    expect((await readdir(home.certificateDirectory)).sort()).toEqual(['pair.pem', 'webroot']);

    await rm(filler);
    await newPair(home, pair);
  });
});

/** Writes until there is no room, leaving none for a pair. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    expect(() => {
      for (let block = 0; block < 1000; block += 1) writeSync(handle, Buffer.alloc(4096));
    }).toThrow('ENOSPC');
  } finally {
    closeSync(handle);
  }
}

test('a failure: neither log nor status holds the token, a path or an address', { timeout: 120_000 }, async () => {
  home.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
  await home.startPebble();
  const status = await failure(await home.startKeeper());
  const words = `${JSON.stringify(status)}\n${home.log.join('\n')}`;
  expect(words).not.toContain(SERVICE_KEY);
  expect(words).not.toContain(home.directory);
  expect(words).not.toContain('127.0.0.99');
});
