import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { localPortSettings } from '@linkcast/contracts';
import { findFreePort, until } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkPort } from '../src/port-check.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** One run of the supervisor. */
interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** All that it has printed. */
  output(): string;
}

const settings: Record<string, string> = {};
const runs: Run[] = [];

beforeAll(async () => {
  settings['DATA_DIR'] = await mkdtemp(path.join(os.tmpdir(), 'linkcast-restart-'));
  for (const name of localPortSettings) settings[name] = String(await findFreePort());
  execFileSync(path.join(ROOT, 'ops/prepare.sh'), { env: { ...process.env, ...settings }, stdio: 'ignore' });
});
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => rm(settings['DATA_DIR'] ?? '', { recursive: true, force: true }));

/** Starts the bundled supervisor, as `ops/local.sh` does. */
function startLocal(): Run {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/ops/local/main.js')], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const run: Run = { child, ended: once(child, 'exit'), output: () => output };
  runs.push(run);
  return run;
}

const stateOf = (setting: (typeof localPortSettings)[number]) => checkPort(Number(settings[setting]));
const isServing = () =>
  fetch(`http://127.0.0.1:${settings['HTTP_PORT']}/sign-in`).then(
    ({ status }) => status === 200,
    () => false,
  );
const untilServing = () => until(async () => (await isServing()) && (await stateOf('ICECAST_PORT')) === 'taken', 60);

test('a second make local on the same data: exits with 75, says who runs, and the first serves on', async () => {
  const first = startLocal();
  await untilServing();
  const second = startLocal();
  expect(await second.ended).toEqual([75, null]);
  expect(second.output()).toContain(`is in use by linkcast (process ${first.child.pid} on `);
  expect(await isServing()).toBe(true);
}, 120_000);

test('a supervisor that was killed: the next one ends what is left on its ports, and serves', async () => {
  const killed = startLocal();
  await untilServing();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await stateOf('HTTP_PORT')).toBe('taken'); // workers of nginx

  const next = startLocal();
  await untilServing();
  expect(next.child.exitCode).toBe(null);
  expect(next.output()).not.toMatch(/is taken|already in use/);
}, 120_000);
