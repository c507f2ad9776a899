import { detectSandbox } from '@linkcast/kit';
import { createBotApiServer, mountSmallDisk } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { checkClock, checkDisk, checkPorts } from '../../src/doctor/machine.ts';
import { checkCertificate, checkDns } from '../../src/doctor/name.ts';
import { checkSandbox } from '../../src/doctor/sandbox.ts';
import { checkTelegram } from '../../src/doctor/services.ts';
import { checkDiskSpeed, checkInodes } from '../../src/doctor/storage.ts';

const say = textsOf('en').ops.doctor;
const LOOPBACK = '127.0.0.1';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'doctor-machine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function listen(server: net.Server): Promise<number> {
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port; // it listens on TCP
}

describe('checkPorts', () => {
  test('a port that another program has: is named with its setting, and what to do', async () => {
    const port = await listen(net.createServer());
    const needed = [{ setting: 'HTTP_PORT', port }] as const;
    expect(await checkPorts(needed, false, say)).toEqual({
      ...{ subject: 'ports', state: 'bad', detail: `in use: ${port} (HTTP_PORT)` },
      advice: say.fixPorts,
    });
    expect(await checkPorts(needed, true, say)).toMatchObject({ state: 'ok' });
  });
});

describe('a small disk', () => {
  test('that is full, and has no inodes left: are faults with what to do', async ({ skip }) => {
    const disk = await mountSmallDisk(8, { inodes: 200 });
    if (!disk) return skip('a small disk can be mounted by root only');
    onTestFinished(() => disk.close());
    expect(await checkDisk(disk.folder, 0.95, say)).toMatchObject({ state: 'ok' });
    disk.fill();
    expect(await checkDisk(disk.folder, 0.95, say)).toMatchObject({ state: 'bad', advice: say.freeDisk });
    expect(await checkDiskSpeed(disk.folder, say)).toMatchObject({
      ...{ state: 'bad', advice: say.fixDiskUnwritable },
      detail: expect.stringContaining('ENOSPC') as string,
    });
    await disk.empty();
    await disk.takeInodes();
    expect(await checkInodes(disk.folder, say)).toMatchObject({ state: 'bad', advice: say.freeInodes });
    await disk.empty();
  });

  test('that is slower than downloads need: is a fault with what to do', async () => {
    expect(await checkDiskSpeed(folder, say, Infinity)).toMatchObject({ state: 'bad', advice: say.fixDiskSpeed });
    expect(await checkDiskSpeed(folder, say, 1)).toMatchObject({ state: 'ok' });
  });
});

describe('checkClock', () => {
  /** A web server whose clock differs from ours. */
  const serve = async (offMs: number): Promise<string> => {
    const server = http.createServer((_request, response) => {
      response.setHeader('date', new Date(Date.now() - offMs).toUTCString()).end();
    });
    return `http://${LOOPBACK}:${await listen(server)}`;
  };

  test('a clock that is off by five minutes: is a fault with what to do', async () => {
    const { state, detail, advice } = await checkClock(await serve(300_000), say);
    expect([state, advice]).toEqual(['bad', say.fixClock]);
    expect(detail).toMatch(/^is off by (299|300|301) seconds$/);
  });

  test('a clock that is right: is fine; one that cannot be compared: is a note', async () => {
    expect(await checkClock(await serve(0), say)).toMatchObject({ state: 'ok' });
    expect(await checkClock(`http://${LOOPBACK}:1`, say)).toMatchObject({ state: 'note', detail: say.clockUnknown });
  });
});

describe('checkTelegram', () => {
  test('a token that Telegram does not know, and a Telegram that does not answer: are faults with what to do', async () => {
    const telegram = await createBotApiServer();
    const { url, token } = telegram;
    expect(await checkTelegram(url, token, say)).toMatchObject({ state: 'ok' });
    const wrong = `${token.slice(0, -3)}abc`;
    expect(await checkTelegram(url, wrong, say)).toMatchObject({ state: 'bad', advice: say.newToken });
    await telegram.close();
    expect(await checkTelegram(url, token, say)).toMatchObject({ state: 'bad', advice: say.fixTelegram });
    expect(await checkTelegram(url, undefined, say)).toMatchObject({ state: 'note', detail: say.noToken });
  });
});

describe('checkDns', () => {
  test('a name that cannot be resolved: is a fault with what to do', async () => {
    expect(await checkDns(`http://${LOOPBACK}:1`, undefined, say)).toMatchObject({ state: 'ok' });
    expect(await checkDns('https://telegram.invalid', undefined, say)).toMatchObject({
      ...{ state: 'bad', detail: 'telegram.invalid cannot be resolved', advice: say.fixDns },
    });
    expect(await checkDns(`http://${LOOPBACK}:1`, 'media.invalid', say)).toMatchObject({
      ...{ state: 'bad', detail: 'media.invalid cannot be resolved', advice: say.fixName },
    });
  });
});

describe('checkCertificate', () => {
  const check = (domain?: string) => checkCertificate(path.join(folder, 'pair.pem'), domain, say);
  /** Stores a certificate that ends after some days. */
  const issue = async (days: number): Promise<void> => {
    const [key, request, certificate] = ['key', 'csr', 'pem'].map((name) => path.join(folder, name));
    if (key === undefined || request === undefined || certificate === undefined) throw new Error('three names');
    const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
    run('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=media.test', '-keyout', key, '-out', request);
    run('x509', '-req', '-in', request, '-signkey', key, '-days', String(days), '-out', certificate);
    await writeFile(path.join(folder, 'pair.pem'), execFileSync('cat', [key, certificate]));
  };

  test('one that has expired: is a fault with what to do', async () => {
    await issue(0);
    expect(await check('media.test')).toMatchObject({
      ...{ state: 'bad', advice: say.fixCertificate },
      detail: expect.stringContaining('expired') as string,
    });
  });

  test('one that is good: is fine; a damaged one: is a fault; none: is a note with what to do', async () => {
    expect(await check()).toMatchObject({ state: 'note', detail: say.certificateOff });
    expect(await check('media.test')).toMatchObject({ state: 'note', advice: say.fixCertificate });
    await issue(30);
    expect(await check('media.test')).toMatchObject({ state: 'ok' });
    await writeFile(path.join(folder, 'pair.pem'), 'nothing');
    expect(await check('media.test')).toMatchObject({ state: 'bad', advice: say.fixCertificate });
  });
});

test('a machine without setpriv and bwrap: has no sandbox, which is a fault with what to do', async () => {
  const kind = await detectSandbox({ PATH: folder, HOME: folder });
  expect(checkSandbox(kind, false, say)).toEqual({
    ...{ subject: 'sandbox', state: 'bad', detail: say.sandboxes.none },
    advice: say.fixSandbox,
  });
});
