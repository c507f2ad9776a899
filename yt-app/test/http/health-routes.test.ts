import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runHealthChecks } from '../../src/health/health-check.ts';
import { API_TOKEN, ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

test('/healthz and /readyz without a token: answer 200', async () => {
  const alive = await request(api.server).get('/healthz');
  expect([alive.status, alive.body]).toEqual([200, { status: 'ok' }]);
  const ready = await request(api.server).get('/readyz');
  expect([ready.status, ready.body]).toEqual([
    200,
    { status: 'ok', checks: [{ name: 'test', ok: true, detail: 'well' }] },
  ]);
});

test('a failing check: /healthz answers 200, /readyz 503, and /api/health has the reason', async () => {
  api.check = { ok: false, detail: 'disk 95 % full' };
  expect((await request(api.server).get('/healthz')).status).toBe(200);
  const ready = await request(api.server).get('/readyz');
  expect(ready.status).toBe(503);
  expect(ready.body).toMatchObject({ status: 'degraded', checks: [{ name: 'test', ok: false }] });
  expect((await ask(api).get('/api/health')).body).toMatchObject({
    status: 'degraded',
    version: '1.2.3',
    checks: [{ name: 'test', ok: false, detail: 'disk 95 % full' }],
  });
});

test('a check that throws or never answers: has failed, without delaying the others for ever', async () => {
  const checks = [
    { name: 'throws', run: () => Promise.reject(new Error('secret')) },
    { name: 'hangs', run: () => new Promise<never>(() => undefined) },
    { name: 'well', run: () => Promise.resolve({ ok: true, detail: '' }) },
  ];
  const health = await runHealthChecks(checks);
  expect(health.checks.map(({ ok }) => ok)).toEqual([false, false, true]);
  expect(health.checks.map(({ message: reported }) => reported?.code)).toEqual(['check-failed', 'silent', undefined]);
  expect(JSON.stringify(health)).not.toContain('secret');
});

test('/metrics: has the jobs by state, the queue, the requests by route, and the process', async () => {
  await ask(api).get('/api/jobs/some-id');
  const { text, type } = await ask(api).get('/metrics');
  expect(type).toBe('text/plain');
  expect(text).toContain('linkcast_jobs{state="ready"} 5');
  expect(text).toContain('linkcast_jobs{state="failed"} 0');
  expect(text).toContain('linkcast_queue_depth 2');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/api/jobs/:id",status="404"} 1');
  expect(text).toContain('process_resident_memory_bytes');
});

test('200 parallel requests for the library: /healthz, which comes after them, is answered among the first', async () => {
  const answered: string[] = [];
  const get = async (path: string): Promise<void> => {
    const response = await fetch(api.url + path, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    await response.text();
    expect(response.status).toBe(200);
    answered.push(path);
  };
  await Promise.all(Array.from({ length: 200 }, () => get('/api/media'))); // their connections are open now
  answered.length = 0;
  await Promise.all([...Array.from({ length: 200 }, () => get('/api/media')), get('/healthz')]);
  expect(answered.indexOf('/healthz')).toBeLessThan(100);
});
