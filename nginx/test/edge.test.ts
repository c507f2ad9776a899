import { findFreePort } from '@linkcast/testing';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { installConf } from '../src/conf/conf-file.ts';
import { createEdge } from '../src/edge.ts';
import type { EdgeSettings } from '../src/settings/edge-settings.ts';
import { readNginxFeatures } from '../src/settings/nginx-features.ts';
import { startEdge, type EdgeFixture } from './fixtures/edge-fixture.ts';

const SOON = { timeout: 10_000, interval: 100 };

let edge: EdgeFixture | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const statusOf = (running: EdgeFixture, target: string) =>
  running.request(target).then(
    (answer) => answer.status,
    () => 0, // no server
  );

/** Of the nginx that this process has started; 0 while there is none. */
function masterPid({ options }: EdgeFixture): number {
  const { stdout } = spawnSync('pgrep', ['-x', '-P', String(process.pid), 'nginx'], { encoding: 'utf8' });
  const pids = stdout.split('\n').filter((line) => line !== '');
  return Number(pids.find((pid) => readlinkSync(`/proc/${pid}/cwd`) === options.stateDirectory) ?? 0);
}

test('a killed nginx master: is started again, and serves', async () => {
  edge = await startEdge();
  const running = edge;
  const pid = masterPid(running);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => masterPid(running), SOON).not.toBe(pid);
  await expect.poll(() => statusOf(running, '/'), SOON).toBe(200);
});

test('a new configuration that nginx refuses: the last accepted one stays', async () => {
  edge = await startEdge();
  const { logger, ...options } = edge.options;
  const file = path.join(options.stateDirectory, 'nginx.conf');
  const accepted = await readFile(file, 'utf8');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const settings: EdgeSettings = {
    ...options,
    nameServers: [],
    accessLogPort: 5514,
    runtimeDirectory: options.stateDirectory,
    features: await readNginxFeatures(options.stateDirectory),
  };
  await writeFile(path.join(options.stateDirectory, 'certificate.pem'), 'damaged');
  expect(await installConf(settings, logger)).toBe(file);
  expect(await readFile(file, 'utf8')).toBe(accepted);
  expect(edge.log.join('\n')).toContain('using the last accepted one');
});

test('a restart on a full disk: serves as before, with the configuration in memory', async ({ skip }) => {
  const disk = await mkdtemp(path.join(tmpdir(), 'edge-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=755', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    skip('only root can mount a small disk');
  }
  try {
    edge = await startEdge({ stateDirectory: path.join(disk, 'nginx') });
    await edge.stopEdge();
    await expect(writeFile(path.join(disk, 'filler'), Buffer.alloc(1_000_000))).rejects.toThrow('ENOSPC');
    const again = await createEdge(edge.options);
    const running = edge;
    await expect.poll(() => statusOf(running, '/'), SOON).toBe(200);
    expect(edge.log.join('\n')).toContain('configuration kept in memory only');
    await again.stop();
  } finally {
    await edge?.stop();
    edge = undefined;
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});

test('a start after a killed service: ends the workers that still listen', async () => {
  edge = await startEdge();
  const dataDirectory = path.join(path.dirname(edge.options.stateDirectory), 'second');
  const second = { ...edge.options, httpPort: await findFreePort(), httpsPort: await findFreePort() };
  const options = { ...second, stateDirectory: path.join(dataDirectory, 'nginx') };
  const predecessor = spawn(process.execPath, [path.join(import.meta.dirname, '../src/main.ts')], {
    env: {
      PATH: '/usr/sbin:/usr/bin:/bin',
      HTTP_PORT: String(options.httpPort),
      HTTPS_PORT: String(options.httpsPort),
      SITE_DIR: options.siteDirectory,
      MEDIA_DIR: options.mediaDirectory,
      DATA_DIR: dataDirectory,
      CERTIFICATE_DIR: path.join(dataDirectory, 'certificate'),
      SERVICE_KEY: options.serviceKey,
      INSTALLATION_MARK: options.installationMark,
    },
    stdio: 'ignore',
  });
  const isServing = () =>
    edge?.request('/', { port: options.httpPort }).then(
      () => true,
      () => false,
    );
  await expect.poll(isServing, SOON).toBe(true);
  predecessor.kill('SIGKILL');
  await once(predecessor, 'exit');
  const successor = await createEdge(options);
  await expect.poll(isServing, SOON).toBe(true);
  expect(edge.log.join('\n')).toContain('leftover programs ended');
  await successor.stop();
  expect(await isServing()).toBe(false);
});

test('the service with several invalid settings: exits with 78 and lists all of them', () => {
  const main = path.join(import.meta.dirname, '../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: {
      PATH: '/usr/bin',
      DOMAIN_NAME: 'media.example.org',
      SITE_URL: 'http://media.example.org/path',
      HOME_NAMES: 'server.lan, a b!',
      HTTP_PORT: '70000',
      SERVICE_KEY: 'x'.repeat(24),
      INSTALLATION_MARK: 'invalid',
    },
    encoding: 'utf8',
  });
  expect(status).toBe(78);
  for (const name of ['SITE_URL', 'HOME_NAMES', 'HTTP_PORT', 'INSTALLATION_MARK'])
    expect(stderr).toContain(`${name}: must be`);
});
