import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCanary, until, type Canary } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkSecrets } from '../../torture/checks/secret-checks.ts';
import { createLedger } from '../../torture/ledger.ts';

const SECRET = 'a-secret-of-the-installation';

let dataDirectory: string;
let canary: Canary;

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-secrets-'));
  canary = await createCanary();
  await mkdir(path.join(dataDirectory, 'secrets'));
  await writeFile(path.join(dataDirectory, 'secrets/api_token'), SECRET);
});
afterEach(async () => {
  await canary.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

interface Shown {
  readonly log?: string;
  readonly answer?: string;
  readonly argumentList?: string;
  readonly message?: string;
}
async function violations({ log = '', answer = '', argumentList = '', message = '' }: Shown = {}): Promise<string[]> {
  const ledger = createLedger();
  const call = { method: 'sendMessage', parameters: { text: message } };
  const world = {
    dataDirectory,
    canary,
    log: () => log,
    secrets: () => Promise.resolve(new Map([['api_token', SECRET]])),
    telegram: { calls: () => [call] as never }, // the check reads its text only
  };
  await checkSecrets(world, ledger, { answers: () => [answer], argumentLists: () => [argumentList] });
  return ledger.violations.map(({ promise, detail }) => `${promise}: ${detail}`);
}

test('secrets in their own files only: nothing is broken', async () => {
  await writeFile(path.join(dataDirectory, 'other'), 'nothing');
  expect(await violations({ log: 'listening', answer: '{}' })).toEqual([]);
});

test.each(['log', 'answer', 'argumentList', 'message'] as const)(
  'a secret in a text (%s): breaks the promise',
  async (place) => {
    expect(await violations({ [place]: `before ${SECRET} after` })).toHaveLength(1);
  },
);

test('a secret in another file, across two chunks of it: breaks the promise', async () => {
  await mkdir(path.join(dataDirectory, 'nginx'));
  await writeFile(path.join(dataDirectory, 'nginx/.hidden'), `${'x'.repeat(64 * 1024 - 5)}${SECRET}`);
  expect(await violations()).toEqual(['no secret is readable: api_token in nginx/.hidden']);
});

test('a secret in a configuration that a program needs: only when others may read the file', async () => {
  await mkdir(path.join(dataDirectory, 'nginx'));
  const file = path.join(dataDirectory, 'nginx/nginx.conf');
  await writeFile(file, SECRET, { mode: 0o600 });
  expect(await violations()).toEqual([]);
  await chmod(file, 0o640);
  expect(await violations()).toHaveLength(1);
});

test('a connection to the private server, without a request: breaks the promise', async () => {
  const [host = '', port = ''] = canary.hostPorts[0]?.split(':') ?? [];
  connect({ host, port: Number(port) }).on('error', () => undefined);
  await until(() => canary.connections.length > 0, 5);
  expect(await violations()).toEqual(['no connection to a private server: 127.0.0.1 to 127.0.0.1']);
});
