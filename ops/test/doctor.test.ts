import { upkeepCheckNames, type Health, type Notice } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OpsConfig } from '../src/config.ts';
import { checkSandbox } from '../src/doctor/sandbox.ts';
import { askHealth, checkStack } from '../src/doctor/services.ts';
import { checkSettings } from '../src/doctor/settings.ts';
import { findingsTable } from '../src/doctor/table.ts';
import { planParts } from '../src/parts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const say = textsOf('en').ops.doctor;
const TOKEN = 't'.repeat(40);
const health: Health = {
  status: 'ok',
  version: '0.1.0',
  checks: [{ name: 'database', ok: true, detail: 'answers' }],
  name: null,
  certificate: null,
  reachability: { state: 'local', sentence: 'Nobody outside reaches the site.' },
  notices: [],
};

describe('checkStack', () => {
  test('a healthy stack without a public name: reports all parts healthy, and the reachability as a note', () => {
    expect(checkStack(health, say)).toEqual([
      { subject: 'running stack', state: 'ok', detail: 'all parts are healthy' },
      { subject: 'reachable', state: 'note', detail: 'Nobody outside reaches the site.' },
    ]);
  });

  test('a public name with faults: reports name, certificate and reachability, with advice', () => {
    const checks = upkeepCheckNames;
    const upkeep = [
      { name: checks.name, ok: true, detail: 'media.test leads here' },
      { name: checks.certificate, ok: false, detail: 'none obtained yet' },
      { name: checks.reachable, ok: false, detail: 'Nobody answers. In the router, forward port 80 to port 8080.' },
    ];
    const findings = checkStack({ ...health, checks: [...health.checks, ...upkeep] }, say);
    expect(findings.map(({ subject, state }) => [subject, state])).toEqual([
      ['running stack', 'ok'],
      ['public name', 'ok'],
      ['certificate', 'bad'],
      ['reachable', 'bad'],
    ]);
    expect(findings[2]?.advice).toContain('make cert-staging');
    expect(findings[3]).toEqual({ subject: 'reachable', state: 'bad', detail: upkeep[2]?.detail });
  });

  test('notices: are listed with what to do; a critical one is a fault', () => {
    const since = '2026-11-21T12:00:00.000Z';
    const critical: Notice = { key: 'a', severity: 'critical', since, sentence: 'It is full.', action: null };
    const action = { sentence: 'Update it.' };
    const warning: Notice = { key: 'b', severity: 'warning', since, sentence: 'It is old.', action };
    const findings = checkStack({ ...health, notices: [critical, warning] }, say);
    expect(findings.slice(-2)).toEqual([
      { subject: 'notice', state: 'bad', detail: 'It is full.' },
      { subject: 'notice', state: 'note', detail: 'It is old.', advice: 'Update it.' },
    ]);
    expect(findingsTable(findings, say, false)).toMatch(/– +notice +It is old\.\n +→ Update it\./);
  });

  test('a failing part: is named', () => {
    const findings = checkStack(
      { ...health, checks: [{ name: 'station', ok: false, detail: 'does not answer' }] },
      say,
    );
    expect(findings[0]).toMatchObject({ state: 'bad', detail: 'station: does not answer' });
  });
});

describe('askHealth', () => {
  let server: http.Server;
  const seen: http.IncomingHttpHeaders[] = [];

  beforeEach(async () => {
    seen.length = 0;
    server = http.createServer((request, response) => {
      seen.push(request.headers);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.headers.authorization === `Bearer ${TOKEN}` ? health : {}));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => server.close());

  const ask = (apiToken: string | undefined) => {
    const { port: httpPort } = server.address() as net.AddressInfo; // it listens on TCP
    return askHealth({ address: '127.0.0.1', httpPort, apiToken, language: 'es' });
  };

  test('with the API token: sends localhost as the host and returns the health', async () => {
    expect(await ask(TOKEN)).toEqual(health);
    expect(seen[0]?.host).toMatch(/^localhost:\d+$/);
  });

  test('with the answer of another server, or without a token: returns nothing', async () => {
    expect(await ask('x'.repeat(40))).toBeUndefined();
    expect(await ask(undefined)).toBeUndefined();
  });
});

describe('checkSandbox', () => {
  test('a machine with a sandbox: names the kind', () => {
    expect(checkSandbox('landlock', false, say)).toEqual({
      subject: 'sandbox',
      state: 'ok',
      detail: 'ffmpeg and yt-dlp run in a Landlock sandbox',
    });
    expect(checkSandbox('bubblewrap', true, say).detail).toBe('ffmpeg and yt-dlp run in a bubblewrap sandbox');
  });

  test('a machine without a sandbox: is a fault with advice; while the stack runs, a note', () => {
    const { state, advice } = checkSandbox('none', false, say);
    expect([state, advice]).toEqual(['bad', say.fixSandbox]);
    expect(checkSandbox('none', true, say).state).toBe('note');
  });
});

describe('checkSettings', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(path.join(os.tmpdir(), 'doctor-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  const findings = (environment: Record<string, string>) => {
    const all = { DATA_DIR: data, ...environment };
    return checkSettings(planParts(OpsConfig.parse(all), all, root), all, root, say);
  };

  test('before the first start: accepts settings without the generated secrets', async () => {
    expect(await findings({})).toEqual([{ subject: 'settings', state: 'ok', detail: 'every part accepts them' }]);
  });

  test('a provider with its key in .env before the first start: is accepted', async () => {
    expect(
      await findings({ DOMAIN_NAME: 'media.test', DDNS_PROVIDER: 'ionos', IONOS_TOKEN: 'prefix.secret' }),
    ).toHaveLength(1);
  });

  test('a provider with its key in a file: is accepted', async () => {
    await writeFile(path.join(data, 'key'), 'prefix.secret\n');
    const key = { IONOS_TOKEN_FILE: path.join(data, 'key') };
    expect((await findings({ DOMAIN_NAME: 'media.test', DDNS_PROVIDER: 'ionos', ...key }))[0]?.state).toBe('ok');
  });

  test('a provider without its key and a malformed name: reports both', async () => {
    const found = await findings({ DOMAIN_NAME: 'not a name', DDNS_PROVIDER: 'ionos' });
    expect(found.map(({ state, advice }) => [state, advice])).toEqual(found.map(() => ['bad', say.fixSettings]));
    const details = found.map(({ detail }) => detail);
    expect(details.join('\n')).toMatch(/DOMAIN_NAME[^]*IONOS_TOKEN|IONOS_TOKEN[^]*DOMAIN_NAME/);
  });
});
