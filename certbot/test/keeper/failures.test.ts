import { portOf, until } from '@linkcast/testing';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ATTEMPT_SECONDS,
  DOMAIN_NAME,
  failure,
  newPair,
  openInstallation,
  SERVICE_KEY,
  type Installation,
} from './keeper-fixture.ts';

const HOUR = 3_600_000;

let installation: Installation;
const servers: Server[] = [];
beforeEach(async () => {
  installation = await openInstallation();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await installation.close();
});

async function serve(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<string> {
  const server = createServer(listener).listen(port, host);
  servers.push(server);
  await once(server, 'listening');
  return `http://${host}:${portOf(server)}/dir`;
}

describe('a failed validation', { timeout: 120_000 }, () => {
  test('without a server at the domain name: the fault is connection', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await installation.startPebble();
    const status = await failure(await installation.startKeeper());
    expect(status).toMatchObject({ state: 'missing', challenge: 'http-01', lastFault: 'connection' });
    expect(status.lastError?.sentence).toContain('Port 80');
  });

  test('with another server at the domain name: the fault is wrong-answer', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.98');
    await serve((_request, response) => void response.end('a router says hello'), '127.0.0.98', installation.httpPort);
    await installation.startPebble();
    expect(await failure(await installation.startKeeper())).toMatchObject({ lastFault: 'wrong-answer' });
  });

  test('with the address of the name corrected afterwards: the next attempt succeeds, and the status has no error', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await installation.startPebble();
    const limits = { retryDelaysMs: [2000], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const keeper = await installation.startKeeper({ limits });
    await failure(keeper);
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.1');
    await newPair(installation);
    expect(await keeper.status()).toMatchObject({ state: 'valid', lastFault: null, lastError: null });
  });
});

describe('an ACME server', { timeout: 120_000 }, () => {
  test('stopped during an order and restarted without the account: a certificate is obtained', async () => {
    const pebble = await installation.startPebble({ validationSeconds: 15 });
    const limits = { retryDelaysMs: [1000], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const keeper = await installation.startKeeper({ limits });
    const challenges = path.join(installation.certificateDirectory, 'webroot/.well-known/acme-challenge');
    await until(async () => (await readdir(challenges)).length > 0, ATTEMPT_SECONDS);
    await pebble.kill();
    const status = await failure(keeper);
    expect(status).toMatchObject({ state: 'missing', lastFault: 'other' });
    expect(status.lastError?.sentence).toContain('is not responding');

    await pebble.start({ validationSeconds: 1 });
    await newPair(installation);
    expect(await readdir(challenges).catch(() => [])).toEqual([]); // certbot removes the folder too
  });

  test.for<[string, RequestListener, string]>([
    ['500', (_request, response) => void response.writeHead(500).end('oops'), 'an error of its own'],
    ['HTML', (_request, response) => void response.end('<html>Welcome to your router</html>'), 'an error of its own'],
    ['JSON that is no directory', (_request, response) => void response.end('{"hello": 1}'), 'an error of its own'],
    ['nothing', (request) => void request.socket.destroy(), 'is not responding'],
  ])('answering with %s: the error sentence names the server', async ([, listener, words]) => {
    const directoryUrl = await serve(listener);
    const status = await failure(await installation.startKeeper({ directoryUrl }));
    expect(status).toMatchObject({ state: 'missing', lastFault: 'other' });
    expect(status.lastError?.sentence).toContain(words);
  });

  test('answering with a rate limit and Retry-After: no attempt is made before that time, even after a restart', async () => {
    let requests = 0;
    const directoryUrl = await serve((_request, response) => {
      requests += 1;
      response.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '7200' });
      response.end('{"type": "urn:ietf:params:acme:error:rateLimited", "detail": "too many"}');
    });
    const keeper = await installation.startKeeper({ directoryUrl });
    const status = await failure(keeper);
    expect(status).toMatchObject({ lastFault: 'rate-limited' });
    await keeper.stop();

    const requestsBefore = requests;
    const next = await installation.startKeeper({ directoryUrl });
    const { nextAttemptAt } = await until(async () => {
      const now = await next.status();
      return now.nextAttemptAt !== null && now;
    });
    expect(Date.parse(nextAttemptAt ?? '')).toBeGreaterThan(Date.now() + 1.9 * HOUR);
    expect(requests).toBe(requestsBefore);
  });
});

describe('a full disk', { timeout: 120_000 }, () => {
  let isMounted = false;
  afterEach(() => {
    if (isMounted) execFileSync('umount', [installation.certificateDirectory]);
    isMounted = false;
  });

  test('while publishing: the old pair stays complete, and the error names the disk; with free space again the new pair is published', async ({
    skip,
  }) => {
    const day = 86_400_000;
    await installation.startPebble({ validitySeconds: (6 * day) / 1000 });
    try {
      const options = `size=64k,mode=755`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', installation.certificateDirectory], {
        stdio: 'ignore',
      });
      isMounted = true;
    } catch {
      skip('a small disk can be mounted by root only');
    }
    await mkdir(path.join(installation.certificateDirectory, 'webroot'));
    const first = await installation.startKeeper();
    const pair = await newPair(installation);
    await first.stop();

    const filler = path.join(installation.certificateDirectory, 'webroot/filler');
    fill(filler);
    const limits = { retryDelaysMs: [500], failuresPerHour: 1000, certificatesPerWeek: 1000 };
    const now = () => new Date(Date.now() + 4 * day);
    const second = await installation.startKeeper({ limits, now });
    const status = await failure(second);
    expect(status.lastError?.sentence).toContain('disk is full');
    expect(await installation.published()).toBe(pair);
    expect((await readdir(installation.certificateDirectory)).sort()).toEqual(['pair.pem', 'webroot']);

    await rm(filler);
    await newPair(installation, pair);
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

test('a failed attempt: log and status contain no key, path or address', { timeout: 120_000 }, async () => {
  installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
  await installation.startPebble();
  const status = await failure(await installation.startKeeper());
  const words = `${JSON.stringify(status)}\n${installation.log.join('\n')}`;
  expect(words).not.toContain(SERVICE_KEY);
  expect(words).not.toContain(installation.directory);
  expect(words).not.toContain('127.0.0.99');
});
