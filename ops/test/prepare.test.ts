import { databasePasswordFile, generatedFiles, secretFiles, serviceKeyFiles } from '@linkcast/contracts';
import { findKeyHolder, keyDigests, loadConfig, runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

const ops = path.resolve(import.meta.dirname, '..');
const SCRIPTS = ['prepare.sh', 'setting.sh', 'texts.sh'];
const GIVEN_BY_OTHERS = [
  'database_url',
  'backup_passphrase',
  'telegram_token',
  'ionos_token',
  'ionos_update_url',
  'cloudflare_token',
  'duckdns_token',
  'dyndns2_password',
  'ddns_update_url',
];
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'prepare-'));
  await mkdir(path.join(root, 'ops'));
  for (const script of SCRIPTS) await copyFile(path.join(ops, script), path.join(root, 'ops', script));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const run = (env: Record<string, string> = {}, args: readonly string[] = []) =>
  runProgram({
    file: 'sh',
    args: [path.join(root, 'ops/prepare.sh'), ...args],
    env: { PATH: '/usr/bin:/bin', ...env },
    wallSeconds: 10,
  });

async function prepare(env: Record<string, string> = {}, args: readonly string[] = []): Promise<void> {
  expect((await run(env, args)).outcome).toEqual({ kind: 'finished' });
}

const file = (name: string): string => path.join(root, 'data/secrets', name);
const secret = (name: string): Promise<string> => readFile(file(name), 'utf8');

describe('prepare.sh', () => {
  test('on a fresh clone: makes every secret, readable by its owner only', async () => {
    await prepare();
    const names = await readdir(path.join(root, 'data/secrets'));
    const files = [secretFiles, generatedFiles, serviceKeyFiles].flatMap((group) => Object.values<string>(group));
    expect(names.toSorted()).toEqual([...files, databasePasswordFile, 'settings.env'].toSorted());
    for (const name of names) expect((await stat(path.join(root, 'data/secrets', name))).mode & 0o777).toBe(0o600);
    for (const name of ['api_token', 'egress_key', 'cookie_key'])
      expect(await secret(name)).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(await secret('owner_code')).toMatch(/^[a-z2-9]{10}$/);
    for (const name of GIVEN_BY_OTHERS) expect(await secret(name)).toBe('');
    const keys = await Promise.all(Object.values(serviceKeyFiles).map(secret));
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(new Set([...keys, await secret('api_token')]).size).toBe(keys.length + 1);
    expect(await secret('installation_mark')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('with another token of the owner: writes the digests of all keys again', async () => {
    const digests = () =>
      loadConfig(z.object({ KEY_DIGESTS: keyDigests() }), { KEY_DIGESTS_FILE: file('key_digests') });
    await prepare();
    for (const [holder, name] of Object.entries({ ...serviceKeyFiles, owner: 'api_token' }))
      expect(findKeyHolder(digests().KEY_DIGESTS, await secret(name))).toBe(holder);
    await prepare({ API_TOKEN: 'another-token-of-the-owner' });
    expect(findKeyHolder(digests().KEY_DIGESTS, 'another-token-of-the-owner')).toBe('owner');
  });

  test('with an existing API token only: keeps it and adds the keys of the parts', async () => {
    await mkdir(path.join(root, 'data/secrets'), { recursive: true });
    await mkdir(path.join(root, 'data/certbot/rehearsal'), { recursive: true });
    await writeFile(file('api_token'), 'the-token-from-before-that');
    const hookTokens = ['data/certbot/hook-token', 'data/certbot/rehearsal/hook-token'];
    for (const name of hookTokens) await writeFile(path.join(root, name), 'the-token-from-before-that');
    await prepare();
    expect(await secret('api_token')).toBe('the-token-from-before-that');
    const keys = await Promise.all(Object.values(serviceKeyFiles).map(secret));
    expect(keys.every((key) => key.length === 40)).toBe(true);
    for (const name of hookTokens) await expect(stat(path.join(root, name))).rejects.toThrow('ENOENT');
    await prepare();
    expect(await Promise.all(Object.values(serviceKeyFiles).map(secret))).toEqual(keys);
  });

  test.each(['short', 'with a space in it, and long', 'two\nlines-that-are-long-enough'])(
    'with the API_TOKEN %j: names it, exits with 78 and keeps the earlier token',
    async (token) => {
      await prepare();
      const before = await secret('api_token');
      const { outcome } = await run({ API_TOKEN: token });
      expect(outcome).toMatchObject({
        kind: 'failed',
        exitCode: 78,
        stderrTail: expect.stringMatching(/^API_TOKEN: must be/) as string,
      });
      expect(await secret('api_token')).toBe(before);
    },
  );

  describe('with COMPOSE_PROFILES=postgres', () => {
    const IN_DOCKER = [`${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`];
    const PROFILE = { COMPOSE_PROFILES: 'other,postgres' };
    const OWN = /^postgres:\/\/linkcast:[A-Za-z0-9]{32}@postgres\/linkcast$/;

    test('in Docker: yt-app uses the server of the stack, until the profile is removed', async () => {
      await prepare(PROFILE, IN_DOCKER);
      const url = await secret('database_url');
      expect(url).toMatch(OWN);
      expect(url).toContain(await secret(databasePasswordFile));
      await prepare(PROFILE, IN_DOCKER);
      expect(await secret('database_url')).toBe(url);
      await prepare({}, IN_DOCKER);
      expect(await secret('database_url')).toBe('');
    });

    test('and a DATABASE_URL: yt-app uses that one, with and without the profile', async () => {
      const DATABASE_URL = 'postgres://me:pass@elsewhere/db';
      await prepare({ ...PROFILE, DATABASE_URL }, IN_DOCKER);
      expect(await secret('database_url')).toBe(DATABASE_URL);
      await prepare({}, IN_DOCKER);
      expect(await secret('database_url')).toBe(DATABASE_URL);
    });

    test('without Docker: says that there is no such server, exits with 78', async () => {
      const { outcome } = await run(PROFILE);
      const stderrTail: unknown = expect.stringContaining('COMPOSE_PROFILES=postgres');
      expect(outcome).toMatchObject({ kind: 'failed', exitCode: 78, stderrTail });
    });
  });

  test('run twice: keeps the secrets', async () => {
    await prepare();
    const before = await secret('api_token');
    await prepare();
    expect(await secret('api_token')).toBe(before);
  });

  test('with a token in .env: stores it, and keeps it when .env is deleted', async () => {
    await writeFile(path.join(root, '.env'), '# mine\nTELEGRAM_TOKEN="123:abc" # the bot\n');
    await prepare();
    expect(await secret('telegram_token')).toBe('123:abc');
    await rm(path.join(root, '.env'));
    await prepare();
    expect(await secret('telegram_token')).toBe('123:abc');
  });

  test('with an emptied line in .env: deletes the token', async () => {
    await writeFile(path.join(root, '.env'), 'IONOS_TOKEN=prefix.secret\n');
    await prepare();
    expect(await secret('ionos_token')).toBe('prefix.secret');
    await writeFile(path.join(root, '.env'), 'IONOS_TOKEN= # no longer mine\n');
    await prepare();
    expect(await secret('ionos_token')).toBe('');
  });

  test('with an empty line in .env for a generated secret: keeps the secret', async () => {
    await prepare();
    const before = await secret('api_token');
    await writeFile(path.join(root, '.env'), 'API_TOKEN=\n');
    await prepare();
    expect(await secret('api_token')).toBe(before);
  });

  test('with an empty line in .env and a token in the environment: stores the latter', async () => {
    await writeFile(path.join(root, '.env'), 'TELEGRAM_TOKEN=\n');
    await prepare({ TELEGRAM_TOKEN: '789:ghi' });
    expect(await secret('telegram_token')).toBe('789:ghi');
  });

  test('with a value in quotes: stores the text between them, also a #', async () => {
    await writeFile(path.join(root, '.env'), `DYNDNS2_PASSWORD='a #b' # mine\n`);
    await prepare();
    expect(await secret('dyndns2_password')).toBe('a #b');
  });

  test('with different secrets in the environment and in .env: stores that of the environment', async () => {
    await writeFile(path.join(root, '.env'), 'OWNER_CODE=from-dot-env\n');
    await prepare({ OWNER_CODE: 'from-environment' });
    expect(await secret('owner_code')).toBe('from-environment');
  });

  test('with NAME_FILE: stores the content of the file', async () => {
    await writeFile(path.join(root, 'token'), '456:def\n');
    await prepare({ TELEGRAM_TOKEN_FILE: path.join(root, 'token') });
    expect(await secret('telegram_token')).toBe('456:def');
  });

  test('BACKUP_DIR: is made, closed, until there was a backup; a missing one is then a disk that is not there', async () => {
    const directory = path.join(root, 'backups');
    await prepare({ BACKUP_DIR: directory });
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await rm(directory, { recursive: true });
    await writeFile(path.join(root, 'data/yt-app/backup.json'), '{"lastGood":{"name":"2026-11-29T03-00-00Z"}}');
    await prepare({ BACKUP_DIR: directory });
    await expect(stat(directory)).rejects.toThrow('ENOENT');
  });

  test('.env: is copied for the backup, closed to others, also when it was deleted', async () => {
    await writeFile(path.join(root, '.env'), '# mine\nHTTP_PORT=8181\n');
    await prepare();
    expect(await readFile(file('settings.env'), 'utf8')).toBe('# mine\nHTTP_PORT=8181\n');
    expect((await stat(file('settings.env'))).mode & 0o777).toBe(0o600);
    await rm(path.join(root, '.env'));
    await prepare();
    expect(await readFile(file('settings.env'), 'utf8')).toBe('');
  });

  test('a restore that was interrupted: nothing is prepared, except for the restore itself', async () => {
    await mkdir(path.join(root, 'data/restore.ready'), { recursive: true });
    expect((await run()).outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
    await expect(readdir(path.join(root, 'data'))).resolves.toEqual(['restore.ready']);
    await prepare({ RESTORING: '1' });
  });

  test('with a DATA_DIR elsewhere: makes every folder there', async () => {
    await prepare({ DATA_DIR: path.join(root, 'elsewhere') });
    expect((await readdir(path.join(root, 'elsewhere'))).toSorted()).toEqual([
      'backup',
      'bot',
      'certbot',
      'certificate',
      'ddns',
      'delivery',
      'icecast',
      'import',
      'media',
      'nginx',
      'postgres',
      'secrets',
      'worker',
      'yt-app',
    ]);
  });
});

describe('router-address.sh', () => {
  const HEADER = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';

  async function routerOf(routes: string): Promise<string> {
    const file = path.join(root, 'route');
    await writeFile(file, HEADER + routes);
    const { stdout } = await runProgram({
      file: path.join(ops, 'router-address.sh'),
      args: [file],
      env: { PATH: '/usr/bin:/bin' },
      wallSeconds: 10,
    });
    return stdout.trim();
  }

  test('with a default route: prints its gateway', async () => {
    const lan = 'eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n';
    expect(await routerOf(`${lan}eth0\t00000000\tFE01A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`)).toBe('192.168.1.254');
  });

  test('without a default route: prints nothing', async () => {
    expect(await routerOf('eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n')).toBe('');
  });
});

describe('own-addresses.sh', () => {
  const ROUTE = [
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT',
    'eth0\t00000000\tFE7100CB\t0003\t0\t0\t0\t00000000\t0\t0\t0', // the way to the internet
    'eth0\t007100CB\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0', // half of the internet, by a tunnel
  ];
  const TRIE = [
    'Main:',
    '     |-- 203.0.113.7',
    '        /32 host LOCAL',
    '     |-- 127.0.0.1',
    '        /32 host LOCAL',
  ];
  const INET6 = [
    '20010db8000000000000000000000007 02 40 00 80 eth0',
    'fe800000000000000000000000000001 02 40 20 80 eth0',
  ];

  async function print(tables: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
    for (const [name, lines] of Object.entries(tables)) await writeFile(path.join(root, name), `${lines.join('\n')}\n`);
    const { outcome, stdout } = await runProgram({
      file: path.join(ops, 'own-addresses.sh'),
      args: [root],
      env: { PATH: '/usr/bin:/bin' },
      wallSeconds: 10,
    });
    expect(outcome).toEqual({ kind: 'finished' });
    return stdout.split('\n').filter((line) => line !== '');
  }

  test('with a tunnel for half of the internet: prints local networks and own addresses, without the tunnel', async () => {
    const addresses = await print({ route: ROUTE, fib_trie: TRIE, if_inet6: INET6 });
    expect(addresses).toEqual(['2001:0db8:0000:0000:0000:0000:0000:0007/64', '203.0.113.0/24', '203.0.113.7/32']);
  });

  test('without IPv6: prints the IPv4 addresses', async () => {
    expect(await print({ route: ROUTE.slice(0, 1), fib_trie: TRIE })).toEqual(['203.0.113.7/32']);
  });
});
