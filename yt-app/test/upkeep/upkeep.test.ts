import { CertificateStatus, Health, NameStatus } from '@linkcast/contracts';
import request from 'supertest';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CERTIFICATE_OFF, NAME_OFF } from '../../src/parts/off-status.ts';
import { createStatusClient } from '../../src/parts/status-client.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { certificateStatus, nameStatus, NOW, reach } from '../fixtures/part-status.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
  api.nowMs = NOW;
});
afterEach(() => api.stop());

const health = async (): Promise<Health> => Health.parse((await ask(api).get('/api/health')).body);
const checks = async () => Object.fromEntries((await health()).checks.map(({ name, ok }) => [name, ok]));

function say(name: object, certificate: object): void {
  api.nameServer.answer = { status: 200, body: name };
  api.certificateServer.answer = { status: 200, body: certificate };
}

test('the statuses of the parts: are in GET /api/health, with their checks', async () => {
  say(nameStatus(), certificateStatus());
  expect(await health()).toMatchObject({
    status: 'ok',
    version: '1.2.3',
    checks: [
      { name: 'test', ok: true, detail: 'well' },
      { name: 'public name', ok: true, detail: 'home.test points here' },
      { name: 'certificate', ok: true, detail: 'valid until 20 January 2027' },
      { name: 'reachable', ok: true, detail: 'home.test is reachable.' },
    ],
    name: nameStatus(),
    certificate: certificateStatus(),
    reachability: { state: 'reachable', sentence: 'home.test is reachable.' },
    notices: [],
  });
  expect(api.nameServer.calls).toEqual([`GET /status Bearer ${testKeys['yt-app']}`]);
});

test('a wrong name and an expired certificate: do not affect readiness', async () => {
  const lastError = { at: new Date(NOW).toISOString(), sentence: 'The provider says no.' };
  say(
    nameStatus({ state: 'failing', reach: reach('refused'), lastError }),
    certificateStatus({ state: 'expired', notAfter: new Date(NOW - 1).toISOString(), challenge: 'dns-01' }),
  );
  expect(await checks()).toEqual({ test: true, 'public name': false, certificate: false, reachable: false });
  expect((await health()).status).toBe('ok');
  const ready = await request(api.server).get('/readyz');
  expect(ready.status).toBe(200);
  expect(ready.text).toContain('The provider says no.');
});

test('an installation without a public name: has no checks of name and certificate', async () => {
  say(nameStatus({ name: null, state: 'off' }), certificateStatus({ name: null, state: 'off' }));
  expect(await checks()).toEqual({ test: true });
  expect((await health()).reachability.state).toBe('local');
});

test('a part that is not started: has the status `off`, without a request', async () => {
  const ask = createStatusClient({ url: NAME_OFF, key: 'any', schema: NameStatus });
  expect(await ask()).toBe(NAME_OFF);
  expect(NameStatus.parse(NAME_OFF).state).toBe('off');
  expect(CertificateStatus.parse(CERTIFICATE_OFF).state).toBe('off');
});

describe('a part', () => {
  test.each<[string, { status: number; body: unknown }]>([
    ['answering 500', { status: 500, body: nameStatus() }],
    ['redirecting', { status: 302, body: {} }],
    ['answering with an unknown state', { status: 200, body: { state: 'fine' } }],
    ['answering with an empty object', { status: 200, body: {} }],
  ])('%s: has no status, and its check fails', async (_, answer) => {
    say(nameStatus(), certificateStatus());
    api.nameServer.answer = answer;
    expect(await health()).toMatchObject({ name: null, certificate: { state: 'valid' } });
    api.nowMs += 10_000;
    expect(await checks()).toMatchObject({ 'public name': false, certificate: true });
  });

  test('unreachable: has no status', async () => {
    await api.certificateServer.stop();
    api.nameServer.answer = { status: 200, body: nameStatus() };
    expect(await health()).toMatchObject({ certificate: null, name: { state: 'right' } });
  });

  test('read by several calls: is requested once in ten seconds', async () => {
    say(nameStatus(), certificateStatus());
    await Promise.all([health(), health(), health()]);
    api.nowMs += 9999;
    await health();
    expect(api.nameServer.calls).toHaveLength(1);
    api.nowMs += 1;
    await health();
    expect(api.nameServer.calls).toHaveLength(2);
  });
});
