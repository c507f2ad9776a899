import { isConfigured, type PartName } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OpsConfig } from '../src/config.ts';
import { bannerLines } from '../src/local/banner.ts';
import { readableLine } from '../src/local/log-line.ts';
import { startStack } from '../src/local/stack.ts';
import { planParts, reachableAddress, type Part } from '../src/parts.ts';
import { checkPort } from '../src/port-check.ts';

describe('a line of a log', () => {
  test('in JSON: is shown as time, message and facts', () => {
    const line =
      '{"level":"info","time":"2026-11-21T09:04:16.000Z","service":"bot","jobId":"j1","n":2,"msg":"job ready"}';
    expect(readableLine('bot', line, 8)).toMatch(/^bot {6}\| \d\d:\d\d:16 job ready {2}jobId=j1 {2}n=2$/);
  });

  test('with a warning and an error: shows the message of the error without its stack', () => {
    const err = { type: 'Error', message: 'no answer', stack: 'Error: no answer\n    at x' };
    const line = JSON.stringify({ level: 'warn', time: '2026-11-21T09:04:16.000Z', err, msg: 'trying again' });
    expect(readableLine('bot', line, 3)).toMatch(/WARN trying again {2}err=no answer$/);
  });

  test('without JSON: is shown unchanged', () => {
    expect(readableLine('nginx', '{ oops', 5)).toBe('nginx | { oops');
  });
});

describe('the plan of the parts', () => {
  const config = OpsConfig.parse({ HTTP_PORT: '9090', DATA_DIR: '/data' });
  const parts = planParts(config, { ALLOWED_USERS: '5', TELEGRAM_TOKEN: '1:secret', EXTRA: 'x' }, '/root');
  const env = (name: PartName): Readonly<Record<string, string>> => parts.find((part) => part.name === name)?.env ?? {};

  test('with settings of several parts: gives each part its own settings only', () => {
    expect(env('yt-app')).toMatchObject({ ALLOWED_USERS: '5' });
    expect(env('bot')).toMatchObject({ SITE_URL: 'http://localhost:9090', DATA_DIR: '/data/bot' });
    expect(env('bot')).not.toHaveProperty('ALLOWED_USERS');
    for (const { env: all } of parts) expect(all).not.toHaveProperty('EXTRA');
  });

  test('with a data folder: gives the parts the addresses of each other and their folders', () => {
    expect(env('yt-app')).toMatchObject({ EGRESS_URL: 'http://127.0.0.1:5003' });
    expect(env('egress')).toMatchObject({ PORT: '5003', EGRESS_KEY_FILE: '/data/secrets/egress_key' });
    expect(env('certbot')).toMatchObject({ CERTIFICATE_DIR: '/data/certificate' });
    expect(env('nginx')).toMatchObject({ CERTIFICATE_DIR: '/data/certificate', LISTEN_ADDRESS: '127.0.0.1' });
    expect(env('ddns')).toMatchObject({ PORT: '5001', DATA_DIR: '/data/ddns' });
  });

  test('without a public name: omits the URLs of ddns and certbot; with one: contains them', () => {
    const ofYtApp = (settings: Record<string, string>) =>
      planParts(OpsConfig.parse(settings), settings, '/root').find((part) => part.name === 'yt-app')?.env;
    expect(ofYtApp({})).toMatchObject({ DDNS_URL: '', CERTBOT_URL: '' });
    expect(ofYtApp({ DOMAIN_NAME: 'media.test' })).toMatchObject({
      DDNS_URL: 'http://127.0.0.1:5001',
      CERTBOT_URL: 'http://127.0.0.1:5002',
    });
  });

  test.each([
    [{}, ['yt-app', 'egress', 'worker', 'icecast', 'nginx']],
    [{ DOMAIN_NAME: true }, ['yt-app', 'egress', 'worker', 'icecast', 'nginx', 'ddns', 'certbot']],
    [{ TELEGRAM_TOKEN: true }, ['yt-app', 'egress', 'worker', 'icecast', 'nginx', 'bot']],
    [{ BACKUP_DIR: true }, ['yt-app', 'egress', 'worker', 'icecast', 'nginx', 'backup']],
  ])('with %o: starts the configured parts', (set, names) => {
    const isSet = { DOMAIN_NAME: false, TELEGRAM_TOKEN: false, BACKUP_DIR: false, ...set };
    expect(parts.map(({ name }) => name).filter((name) => isConfigured(name, isSet))).toEqual(names);
  });

  test('without an IPv6 listener: switches IPv6 off for ddns; with one: does not', () => {
    const ddns = (settings: Record<string, string>) =>
      planParts(OpsConfig.parse(settings), settings, '/root').find((part) => part.name === 'ddns')?.env;
    const named = { DOMAIN_NAME: 'media.test' };
    expect(ddns(named)).toMatchObject({ DDNS_IPV6: 'off' });
    expect(ddns({ ...named, BIND_ADDRESS: '0.0.0.0, ::' })).not.toHaveProperty('DDNS_IPV6');
  });

  test('with a public name and a port in SITE_URL: gives both to each part that uses them, and listens on all addresses', () => {
    const named = { DOMAIN_NAME: 'media.test', SITE_URL: 'https://media.test:8443/', ACCESS: 'public' };
    const planned = planParts(OpsConfig.parse(named), named, '/root');
    const of = (name: PartName) => planned.find((part) => part.name === name)?.env;
    for (const name of ['nginx', 'ddns', 'bot'] as const)
      expect(of(name)?.['SITE_URL']).toBe('https://media.test:8443');
    for (const name of ['nginx', 'ddns', 'certbot', 'egress'] as const)
      expect(of(name)?.['DOMAIN_NAME']).toBe('media.test');
    for (const name of ['nginx', 'yt-app'] as const) expect(of(name)?.['ACCESS']).toBe('public');
    expect(of('nginx')?.['LISTEN_ADDRESS']).toBe('0.0.0.0');
  });

  test('with the LANGUAGE list of a desktop system: uses the first supported language', () => {
    expect(OpsConfig.parse({ LANGUAGE: 'de_DE:es' }).LANGUAGE).toBe('es');
  });

  test.each([
    [{}, '127.0.0.1', '127.0.0.1'],
    [{ HOME_NAMES: 'server.lan' }, '0.0.0.0', '127.0.0.1'],
    [{ BIND_ADDRESS: '192.0.2.7' }, '192.0.2.7', '192.0.2.7'],
    [{ DOMAIN_NAME: 'media.test', BIND_ADDRESS: '127.0.0.1' }, '127.0.0.1', '127.0.0.1'],
  ])('with %o: has the expected addresses of nginx', (settings, address, reachable) => {
    const parsed = OpsConfig.parse(settings);
    const nginx = planParts(parsed, settings, '/root').find((part) => part.name === 'nginx');
    expect(nginx?.env['LISTEN_ADDRESS']).toBe(address);
    expect(reachableAddress(parsed)).toBe(reachable);
  });

  test('with secrets: passes them as files, never as values', () => {
    expect(env('bot')).toMatchObject({ TELEGRAM_TOKEN_FILE: '/data/secrets/telegram_token' });
    expect(JSON.stringify(parts)).not.toContain('1:secret');
    expect(env('nginx')).not.toHaveProperty('TELEGRAM_TOKEN_FILE');
  });
});

describe('a port', () => {
  test('with a listening server: is taken; afterwards: is free', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo; // it listens on TCP
    expect(await checkPort(port)).toBe('taken');
    server.close();
    await once(server, 'close');
    expect(await checkPort(port)).toBe('free');
  });
});

describe('the banner', () => {
  const say = textsOf('en').ops.local;
  const signIn = 'http://localhost:1/sign-in#abcd-efgh-jkmn';

  test('without a token and an owner: contains the steps to get both', () => {
    const lines = bannerLines(
      { siteUrl: 'http://localhost:1', ready: true, signIn, bot: undefined, ownerCode: 'abc' },
      say,
    );
    expect(lines.join('\n')).toMatch(/http:\/\/localhost:1\n[^]*sign-in#abcd-efgh-jkmn\n[^]*@BotFather[^]*\/start abc/);
  });

  test('with a working bot: contains the link to claim it', () => {
    const bot = { kind: 'works', username: 'my_bot' } as const;
    const lines = bannerLines({ siteUrl: 'http://localhost:1', ready: true, signIn, bot, ownerCode: 'abc' }, say);
    expect(lines.join('\n')).toContain('https://t.me/my_bot?start=abc');
  });
});

describe('the stack', () => {
  let root: string;
  const lines: string[] = [];

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'stack-'));
    lines.length = 0;
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function part(name: PartName, source: string): Promise<Part> {
    await mkdir(path.join(root, name), { recursive: true });
    await writeFile(path.join(root, name, 'main.mjs'), source);
    return { name, main: `${name}/main.mjs`, env: { PATH: '/usr/bin:/bin' } };
  }
  const start = (
    parts: Part[],
    onRefusedSettings: (name: PartName) => void = () => undefined,
    untilFirstAnswers: (signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
  ) =>
    startStack({
      parts,
      root,
      print: (name, line) => void lines.push(`${name}: ${line}`),
      onRefusedSettings,
      untilFirstAnswers,
    });

  test('with a part that exits: restarts it and shows the output of both runs', async () => {
    const stack = start([await part('bot', 'console.log("alive"); process.exit(1)')]);
    await vi.waitFor(() => expect(lines.filter((line) => line === 'bot: alive')).toHaveLength(2), 10_000);
    await stack.stop();
    expect(lines.some((line) => line.includes('program ended, starting it again'))).toBe(true);
  });

  test('with a part that refuses its settings: reports that part', async () => {
    const refused: string[] = [];
    const stack = start([await part('nginx', 'process.exit(78)')], (name) => void refused.push(name));
    await vi.waitFor(() => expect(refused).toEqual(['nginx']), 10_000);
    await stack.stop();
  });

  test('with a first part that is not ready: starts the other parts when it is', async () => {
    const source = 'console.log("up"); setInterval(() => {}, 1000)';
    const answers = Promise.withResolvers<undefined>();
    const stack = start([await part('yt-app', source), await part('bot', source)], undefined, () => answers.promise);
    await vi.waitFor(() => expect(lines).toEqual(['yt-app: up']), 10_000);
    answers.resolve(undefined);
    await vi.waitFor(() => expect(lines).toEqual(['yt-app: up', 'bot: up']), 10_000);
    await stack.stop();
  });

  test('stopped before the first part is ready: starts no other part', async () => {
    const source = 'console.log("up"); setInterval(() => {}, 1000)';
    const untilAborted = async (signal: AbortSignal): Promise<void> => {
      await once(signal, 'abort');
    };
    const stack = start([await part('yt-app', source), await part('bot', source)], undefined, untilAborted);
    await vi.waitFor(() => expect(lines).toEqual(['yt-app: up']), 10_000);
    await stack.stop();
    expect(lines).toEqual(['yt-app: up']);
  });

  test('stopped: ends the parts with SIGTERM in reverse order', async () => {
    const source = (name: string) =>
      `process.on('SIGTERM', () => { console.log('${name} ends'); process.exit(0); }); console.log('up'); setInterval(() => {}, 1000);`;
    const stack = start([await part('yt-app', source('yt-app')), await part('bot', source('bot'))]);
    await vi.waitFor(() => expect(lines.filter((line) => line.endsWith(': up'))).toHaveLength(2), 10_000);
    await stack.stop();
    expect(lines.filter((line) => line.endsWith('ends'))).toEqual(['bot: bot ends', 'yt-app: yt-app ends']);
  });
});

test('make local with invalid settings of several parts: lists all of them, starts nothing, and exits with 78', async () => {
  const data = await mkdtemp(path.join(os.tmpdir(), 'linkcast-settings-'));
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../src/local/main.ts')], {
    env: { DATA_DIR: data, MAX_HEIGHT: 'tall', ACCESS: 'open', DDNS_PROVIDER: 'nobody', OWNERS: 'me' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  await rm(data, { recursive: true });
  expect([child.exitCode, said]).toEqual([78, '']);
  for (const name of ['MAX_HEIGHT', 'ACCESS', 'DDNS_PROVIDER', 'OWNERS']) expect(complained).toContain(`  ${name}: `);
});

test('make local with a provider without a name, and an invalid stored token: lists both, and exits with 78', async () => {
  const data = await mkdtemp(path.join(os.tmpdir(), 'linkcast-settings-'));
  await mkdir(path.join(data, 'secrets'));
  await writeFile(path.join(data, 'secrets/telegram_token'), 'nonsense');
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../src/local/main.ts')], {
    env: { PATH: process.env['PATH'], DATA_DIR: data, DDNS_PROVIDER: 'duckdns' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  await rm(data, { recursive: true });
  expect([child.exitCode, said]).toEqual([78, '']);
  expect(complained).toContain('  DDNS_PROVIDER: needs DOMAIN_NAME');
  expect(complained).toContain('  TELEGRAM_TOKEN: must be');
  expect(complained).not.toContain('is needed: the public name'); // without one, ddns is not started
});
