import { runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ops = path.resolve(import.meta.dirname, '..');
const SCRIPTS = ['prepare.sh', 'setting.sh'];
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'prepare-'));
  await mkdir(path.join(root, 'ops'));
  for (const script of SCRIPTS) await copyFile(path.join(ops, script), path.join(root, 'ops', script));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function prepare(env: Record<string, string> = {}): Promise<void> {
  const { outcome } = await runProgram({
    file: 'sh',
    args: [path.join(root, 'ops/prepare.sh')],
    env: { PATH: '/usr/bin:/bin', ...env },
    wallSeconds: 10,
  });
  expect(outcome).toEqual({ kind: 'finished' });
}

const secret = (name: string): Promise<string> => readFile(path.join(root, 'data/secrets', name), 'utf8');

describe('prepare.sh', () => {
  test('on a fresh clone, makes every secret, readable by its owner only', async () => {
    await prepare();
    const names = await readdir(path.join(root, 'data/secrets'));
    expect(names.toSorted()).toEqual([
      'api_token',
      'icecast_admin_password',
      'icecast_source_password',
      'owner_code',
      'telegram_token',
    ]);
    for (const name of names) expect((await stat(path.join(root, 'data/secrets', name))).mode & 0o777).toBe(0o600);
    expect(await secret('api_token')).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await secret('owner_code')).toMatch(/^[a-z2-9]{10}$/);
    expect(await secret('telegram_token')).toBe('');
  });

  test('run twice, keeps the secrets', async () => {
    await prepare();
    const before = await secret('api_token');
    await prepare();
    expect(await secret('api_token')).toBe(before);
  });

  test('with a token in .env, keeps it, also when it is gone from there', async () => {
    await writeFile(path.join(root, '.env'), '# mine\nTELEGRAM_TOKEN="123:abc" # the bot\n');
    await prepare();
    expect(await secret('telegram_token')).toBe('123:abc');
    await rm(path.join(root, '.env'));
    await prepare();
    expect(await secret('telegram_token')).toBe('123:abc');
  });

  test('with a secret in the environment and another in .env, takes the one of the environment', async () => {
    await writeFile(path.join(root, '.env'), 'OWNER_CODE=from-dot-env\n');
    await prepare({ OWNER_CODE: 'from-environment' });
    expect(await secret('owner_code')).toBe('from-environment');
  });

  test('with NAME_FILE, takes what the file holds', async () => {
    await writeFile(path.join(root, 'token'), '456:def\n');
    await prepare({ TELEGRAM_TOKEN_FILE: path.join(root, 'token') });
    expect(await secret('telegram_token')).toBe('456:def');
  });

  test('with a DATA_DIR elsewhere, makes everything there', async () => {
    await prepare({ DATA_DIR: path.join(root, 'elsewhere') });
    expect((await readdir(path.join(root, 'elsewhere'))).toSorted()).toEqual([
      'bot',
      'icecast',
      'media',
      'nginx',
      'secrets',
      'yt-app',
    ]);
  });
});
