import { CertificateStatus } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { findFreePort, keyDigestsSetting, programsOf, testKeys, until } from '@linkcast/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ATTEMPT_SECONDS,
  DOMAIN_NAME,
  newPair,
  openInstallation,
  SERVICE_KEY,
  type Installation,
} from './keeper/keeper-fixture.ts';

const SOURCE = path.resolve(import.meta.dirname, '../src');

let installation: Installation;
let port: number;
let output: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  installation = await openInstallation();
  port = await findFreePort();
  output = '';
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) await end(child, 'SIGKILL');
  await installation.close();
});

/** Starts one of certbot's programs as an owner would. */
function start(main: string, settings: Record<string, string> = {}): ChildProcess {
  const program = spawn(process.execPath, [path.join(SOURCE, main)], {
    env: {
      PATH: process.env['PATH'],
      SERVICE_KEY,
      KEY_DIGESTS: keyDigestsSetting(),
      PORT: String(port),
      DATA_DIR: path.join(installation.directory, 'data'),
      CERTIFICATE_DIR: installation.certificateDirectory,
      DDNS_URL: 'http://127.0.0.1:1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [program.stdout, program.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child = program;
  return program;
}

async function end(program: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(program, 'exit') as Promise<[number | null]>; // what a child process emits
  program.kill(signal);
  return (await exited)[0];
}

const ask = (route: string, token = testKeys['yt-app'], method = 'GET'): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${route}`, { method, headers: { authorization: `Bearer ${token}` } });
const isUp = (): Promise<boolean> => ask('/healthz').then(({ ok }) => ok);

describe('the service', { timeout: 180_000 }, () => {
  test('started without DOMAIN_NAME: reports that it is needed, and exits with 78', async () => {
    const [code] = (await once(start('main.ts'), 'exit')) as [number];
    expect(code).toBe(78);
    expect(output).toContain('DOMAIN_NAME: is needed');
  });

  test('without a certificate yet: is not ready, and shows its status to yt-app only', async () => {
    const program = start('main.ts', { DOMAIN_NAME, ACME_DIRECTORY: 'https://127.0.0.1:1/dir' });
    await until(isUp);
    expect(CertificateStatus.parse(await (await ask('/status')).json())).toMatchObject({
      name: DOMAIN_NAME,
      state: 'missing',
    });
    expect((await ask('/readyz', '')).status).toBe(503);
    expect((await ask('/status', 'wrong')).status).toBe(401);
    for (const holder of ['owner', 'nginx', 'icecast', 'worker', 'bot', 'certbot'] as const)
      expect((await ask('/status', testKeys[holder])).status).toBe(403);
    expect((await ask('/nowhere')).status).toBe(404);
    expect((await ask('/status', testKeys['yt-app'], 'POST')).status).toBe(405);
    expect(await end(program, 'SIGTERM')).toBe(0);
  });

  test('started with several invalid settings: names each of them without its value, and exits with 78', async () => {
    const program = start('main.ts', {
      DOMAIN_NAME: 'no name',
      ACME_DIRECTORY: 'http://plain.test/',
      SERVICE_KEY: 'short',
      KEY_DIGESTS: 'nobody:00',
    });
    const [code] = (await once(program, 'exit')) as [number];
    expect(code).toBe(78);
    for (const name of ['DOMAIN_NAME', 'ACME_DIRECTORY', 'SERVICE_KEY', 'KEY_DIGESTS']) expect(output).toContain(name);
    expect(output).not.toContain('plain.test');
  });

  test('killed while certbot runs, then started and stopped while it runs again: leaves no program, and obtains the certificate after the next start', async () => {
    const pebble = await installation.startPebble({ validationSeconds: 300 });
    const settings = {
      DOMAIN_NAME,
      SERVER_ADMIN: 'owner@linkcast.test',
      ACME_DIRECTORY: pebble.directoryUrl,
      ACME_CA_FILE: pebble.caFile,
    };
    const challenges = path.join(installation.certificateDirectory, 'webroot/.well-known/acme-challenge');
    const isValidating = async (): Promise<boolean> => (await readdir(challenges)).length > 0;

    const killed = start('main.ts', settings);
    await until(isValidating, ATTEMPT_SECONDS);
    await end(killed, 'SIGKILL');
    const answersBefore = (await readdir(challenges)).length;

    const stopped = start('main.ts', settings);
    await until(async () => (await readdir(challenges)).length > answersBefore, ATTEMPT_SECONDS);
    expect((await ask('/readyz')).status).toBe(503);
    expect(await end(stopped, 'SIGTERM')).toBe(0);
    expect(await programsOf(installation.stateDirectory)).toEqual([]);

    await pebble.kill();
    await pebble.start({ validationSeconds: 1 });
    const last = start('main.ts', settings);
    await newPair(installation);
    await until(async () => (await ask('/readyz')).status === 200);
    expect(await end(last, 'SIGTERM')).toBe(0);
    expect(output).not.toContain(SERVICE_KEY);
    expect(await filesWith(installation.directory, SERVICE_KEY)).toEqual([
      path.join(installation.stateDirectory, 'hook-key'),
    ]);
  });
});

describe('the rehearsal', { timeout: 120_000 }, () => {
  test('with a reachable domain name: reports success, and publishes and keeps nothing', async () => {
    const pebble = await installation.startPebble();
    const settings = { DOMAIN_NAME, ACME_DIRECTORY: pebble.directoryUrl, ACME_CA_FILE: pebble.caFile };
    const [code] = (await once(start('rehearse/main.ts', settings), 'exit')) as [number];
    expect(output).toContain('It works');
    expect(code).toBe(0);
    expect(await installation.published()).toBe('');
    expect(await readdir(path.join(installation.stateDirectory, 'rehearsal/config/live')).catch(() => [])).toEqual([]);
  });

  test('with an unreachable domain name: reports the reason in the language of the installation, and exits with 1', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    const pebble = await installation.startPebble();
    const acme = { ACME_DIRECTORY: pebble.directoryUrl, ACME_CA_FILE: pebble.caFile };
    const settings = { DOMAIN_NAME, LANGUAGE: 'es', ...acme };
    const [code] = (await once(start('rehearse/main.ts', settings), 'exit')) as [number];
    const { messages, rehearsal } = textsOf('es');
    expect(output).toContain(`${rehearsal.failed} ${messages['certificate-connection']()}`);
    expect(code).toBe(1);
  });
});

/** Every file below a directory that holds a text. */
async function filesWith(directory: string, text: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const hits = await Promise.all(files.map(async (file) => ((await readFile(file)).includes(text) ? file : '')));
  return hits.filter((file) => file !== '');
}
