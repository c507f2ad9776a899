import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NameStatus, paths } from '@linkcast/contracts';
import {
  createCloudflareStandIn,
  createDnsServer,
  createOriginServer,
  findFreePort,
  keyDigestsSetting,
  portOf,
  testKeys,
  until,
  type CloudflareStandIn,
  type DnsServer,
  type OriginServer,
} from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLOUDFLARE_TOKEN, NAME, ZONE } from './providers/provider-fixture.ts';

const MARK = '0123456789abcdef'.repeat(2);
const withKey = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
const ytApp = withKey(testKeys['yt-app']);
const certbot = withKey(testKeys.certbot);
const CHALLENGE = { name: `_acme-challenge.${NAME}`, value: 'x'.repeat(43) };

const FOREIGN = { ...CHALLENGE, name: '_acme-challenge.foreign.test' };

let directory: string;
let dns: DnsServer;
let provider: CloudflareStandIn;
let sources: OriginServer;
let site: Server;
let url: string;
let child: ChildProcess | undefined;
let output = '';

beforeEach(async () => {
  output = '';
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-ddns-'));
  dns = await createDnsServer({ zones: [ZONE] });
  provider = await createCloudflareStandIn({ zone: ZONE, token: CLOUDFLARE_TOKEN, dns });
  sources = await createOriginServer();
  sources.text('/', 'text/plain', '127.0.0.1');
  dns.set('myip.test', 'A', '127.0.0.1');
  site = await openSite();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  site.close();
  site.closeAllConnections();
  await Promise.all([dns.close(), provider.close(), sources.close()]);
  await rm(directory, { recursive: true });
});

/** The site, with a self-signed certificate. */
async function openSite(): Promise<Server> {
  const [key, cert] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, '-subj', `/CN=${NAME}`], { stdio: 'ignore' });
  const pair = { key: await readFile(key), cert: await readFile(cert) };
  const server = createServer(pair, (request, response) => {
    response.end(request.url === paths.selfCheck ? MARK : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function start(settings: Record<string, string>): Promise<ChildProcess> {
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env['PATH'],
    KEY_DIGESTS: keyDigestsSetting(),
    INSTALLATION_MARK: MARK,
    PORT: String(port),
    DATA_DIR: directory,
    ...settings,
  };
  child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../src/main.ts')], { env, stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return child;
}

function withName(): Record<string, string> {
  return {
    DOMAIN_NAME: NAME,
    DDNS_PROVIDER: 'cloudflare',
    CLOUDFLARE_TOKEN,
    CLOUDFLARE_API_ROOT: provider.apiRoot,
    DDNS_SOURCES: `${sources.url}/ dns://127.0.0.1:${dns.port}/myip.test`,
    DDNS_ALLOW_RANGES: '127.0.0.0/8',
    DNS_SERVERS: dns.hostPort,
    NAMESERVER_PORT: String(dns.port),
    SITE_URL: `https://${NAME}:${portOf(site)}`,
  };
}

async function readStatus(): Promise<NameStatus> {
  const answer = await fetch(`${url}/status`, { headers: ytApp });
  return NameStatus.parse(await answer.json());
}

async function exitCode(program: ChildProcess): Promise<number | null> {
  if (program.exitCode !== null) return program.exitCode;
  return ((await once(program, 'exit')) as [number | null])[0]; // the event's arguments
}

test('the service with a name: writes the record, is reachable, handles a challenge, and exits at SIGTERM', async () => {
  const program = await start(withName());
  await until(async () => (await readStatus()).reach.https === 'answered', 25);
  const status = await readStatus();
  expect(status).toMatchObject({ name: NAME, provider: 'cloudflare', state: 'right', canAnswerChallenges: true });
  expect(dns.values(NAME, 'A')).toEqual(['127.0.0.1']);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  const body = JSON.stringify(CHALLENGE);
  expect((await fetch(`${url}/challenges`, { method: 'POST', headers: certbot, body })).status).toBe(204);
  expect(dns.values(CHALLENGE.name, 'TXT')).toEqual([CHALLENGE.value]);
  expect((await fetch(`${url}/challenges`, { method: 'DELETE', headers: certbot, body })).status).toBe(204);
  expect(dns.values(CHALLENGE.name, 'TXT')).toEqual([]);

  program.kill('SIGTERM');
  expect(await exitCode(program)).toBe(0);
  const state = await readFile(path.join(directory, 'ddns.json'), 'utf8');
  for (const secret of [CLOUDFLARE_TOKEN, testKeys.certbot]) expect(output + state).not.toContain(secret);
}, 60_000);

const JSON_ALONE = { 'content-type': 'application/json' };

test.each([
  ['GET /status without a key', 401, 'GET', '/status', undefined, {}],
  ['GET /status with an unknown key', 401, 'GET', '/status', undefined, withKey('wrong')],
  ['a challenge without a key', 401, 'POST', '/challenges', CHALLENGE, JSON_ALONE],
  ['a challenge of another name', 409, 'POST', '/challenges', FOREIGN, certbot],
  ['a challenge that is no JSON', 400, 'POST', '/challenges', '{"name":', certbot],
  ['a challenge without a name', 422, 'POST', '/challenges', {}, certbot],
  ['a challenge of 9 kB', 413, 'POST', '/challenges', { ...CHALLENGE, more: 'x'.repeat(9000) }, certbot],
  ['a challenge as text', 415, 'POST', '/challenges', 'x', { ...certbot, 'content-type': 'text/plain' }],
  ['another method of /challenges', 405, 'PUT', '/challenges', {}, certbot],
  ['another method of /status', 405, 'POST', '/status', {}, certbot],
  ['an unknown endpoint', 404, 'GET', '/other', undefined, certbot],
])(
  '%s: is refused with %i, and no record changes',
  async (_case, status, method, at, body, headers) => {
    await start(withName());
    await until(async () => (await fetch(`${url}/healthz`)).ok, 25);
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    expect((await fetch(url + at, { method, headers, ...sent })).status).toBe(status);
    expect(
      provider.requests.filter(({ query, body: given }) => JSON.stringify([query, given]).includes('TXT')),
    ).toEqual([]);
    for (const { name } of [CHALLENGE, FOREIGN]) expect(dns.values(name, 'TXT')).toEqual([]);
  },
  60_000,
);

test('each endpoint: answers the key of yt-app or of certbot, and no other key', async () => {
  await start(withName());
  await until(async () => (await fetch(`${url}/healthz`)).ok, 25);
  const calls = ['GET /status', 'GET /challenges', 'POST /challenges', 'DELETE /challenges'];
  const statusesFor = (key: string) =>
    Promise.all(
      calls.map(async (call) => {
        const [method = '', at = ''] = call.split(' ');
        const body = method === 'GET' ? {} : { body: '{}' };
        return (await fetch(url + at, { method, headers: withKey(key), ...body })).status;
      }),
    );
  expect(await statusesFor(testKeys['yt-app'])).toEqual([200, 403, 403, 403]);
  expect(await statusesFor(testKeys.certbot)).toEqual([403, 200, 422, 422]);
  for (const holder of ['owner', 'nginx', 'icecast', 'worker', 'bot'] as const)
    expect([holder, await statusesFor(testKeys[holder])]).toEqual([holder, [403, 403, 403, 403]]);
  expect(await statusesFor('unknown')).toEqual([401, 401, 401, 401]);
  const forCertbot = await (await fetch(`${url}/challenges`, { headers: certbot })).json();
  expect(forCertbot).toEqual({
    provider: 'cloudflare',
    state: expect.any(String) as string,
    canAnswerChallenges: true,
  });
}, 60_000);

test('a challenge with a provider without TXT records: is answered 409 with a sentence', async () => {
  await start({ ...withName(), DDNS_PROVIDER: 'off' });
  await until(async () => (await fetch(`${url}/healthz`)).ok, 25);
  const answer = await fetch(`${url}/challenges`, {
    method: 'POST',
    headers: certbot,
    body: JSON.stringify(CHALLENGE),
  });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ error: 'The DNS provider does not support TXT records here.' });
}, 60_000);

test('the service without a name: reports the missing setting, and exits with 78', async () => {
  const program = await start({ DDNS_PROVIDER: 'cloudflare' });
  expect(await exitCode(program)).toBe(78);
  expect(output).toContain('DOMAIN_NAME: is needed');
  expect(output).toContain('DDNS_PROVIDER: needs DOMAIN_NAME');
}, 60_000);

test('the service with several invalid settings: reports each without its value, and exits with 78', async () => {
  const program = await start({ ...withName(), CLOUDFLARE_TOKEN: 'bad token', DDNS_TTL: '1' });
  expect(await exitCode(program)).toBe(78);
  expect(output).toContain('CLOUDFLARE_TOKEN: must be');
  expect(output).toContain('DDNS_TTL: must be');
  expect(output).not.toContain('bad token');
}, 60_000);
