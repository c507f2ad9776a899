import { createLogger } from '@linkcast/kit';
import { spawnSync } from 'node:child_process';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createEdge, installConf } from '../src/edge.ts';
import type { EdgeSettings } from '../src/edge-settings.ts';
import { hasHttp2Directive } from '../src/nginx-program.ts';
import { MEDIA_ID, startEdge, type EdgeFixture } from './edge-fixture.ts';

const SOON = { timeout: 10_000, interval: 100 };

let edge: EdgeFixture | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const statusOf = (running: EdgeFixture, target: string) =>
  running.request(target).then(
    (answer) => answer.status,
    () => 0, // nobody listens
  );

async function masterPid({ options }: EdgeFixture): Promise<number> {
  return Number(await readFile(path.join(options.stateDirectory, 'nginx.pid'), 'utf8').catch(() => '0'));
}

test('nginx, its master killed, is back by itself', async () => {
  edge = await startEdge();
  const running = edge;
  const pid = await masterPid(running);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => masterPid(running), SOON).not.toBe(pid);
  await expect.poll(() => statusOf(running, '/'), SOON).toBe(200);
});

test('nginx, a growing track, serves what is there now and revalidates the rest', async () => {
  edge = await startEdge();
  const target = `/media/${MEDIA_ID}/v1080.mp4`;
  const before = await edge.request(target);
  await appendFile(path.join(edge.options.mediaDirectory, MEDIA_ID, 'v1080.mp4'), 'abcdef');
  const etag = before.headers.etag ?? '';
  const grown = await edge.request(target, { headers: { range: 'bytes=10-13' } });
  expect([grown.status, grown.body, grown.headers['content-range']]).toEqual([206, 'abcd', 'bytes 10-13/16']);
  expect((await edge.request(target, { headers: { 'if-none-match': etag } })).status).toBe(200);
  expect((await edge.request(target, { headers: { 'if-range': etag, range: 'bytes=0-1' } })).status).toBe(200);
});

test('a new configuration that nginx refuses leaves the good one in its place', async () => {
  edge = await startEdge();
  const { logger, ...options } = edge.options;
  const file = path.join(options.stateDirectory, 'nginx.conf');
  const good = await readFile(file, 'utf8');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const settings: EdgeSettings = {
    ...options,
    nameServers: [],
    accessLogPort: 5514,
    hasHttp2Directive: await hasHttp2Directive(options.stateDirectory),
  };
  await writeFile(path.join(options.stateDirectory, 'certificate.pem'), 'damaged');
  expect(await installConf(settings, logger)).toBe(file);
  expect(await readFile(file, 'utf8')).toBe(good);
  expect(edge.log.join('\n')).toContain('going on with the last good one');
});

test('the edge, its predecessor killed together with the master, clears the workers away and listens', async () => {
  edge = await startEdge();
  const running = edge;
  const pid = await masterPid(running);
  const second = await createEdge({ ...running.options, logger: createLogger({ service: 'test', level: 'silent' }) });
  await expect.poll(() => masterPid(running), SOON).not.toBe(pid);
  await expect.poll(() => statusOf(running, '/'), SOON).toBe(200);
  await second.stop();
});

test('the service, ACCESS=private with a domain and a bad port, ends with 78 and names both', () => {
  const main = path.join(import.meta.dirname, '../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: '/usr/bin', DOMAIN_NAME: 'media.example.org', HTTP_PORT: '70000', API_TOKEN: 'x'.repeat(16) },
    encoding: 'utf8',
  });
  expect(status).toBe(78);
  expect(stderr).toContain('ACCESS: private access needs sign-in');
  expect(stderr).toContain('HTTP_PORT');
});
