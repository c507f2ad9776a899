import { createLogger } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHeartbeat, heartbeatFile, isAlive } from '../src/heartbeat.ts';
import { createStage } from './stage.ts';

const HEALTH = path.join(import.meta.dirname, '../src/health/main.ts');
const logger = createLogger({ service: 'bot', level: 'silent' });
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function exitOfHealth(): Promise<number | null> {
  const child = spawn(process.execPath, [HEALTH], { env: { DATA_DIR: folder }, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', resolve));
}

it('a sign of life is good for seven minutes, and one that never came is none', async () => {
  const file = heartbeatFile(path.join(folder, 'new'));
  expect(await isAlive(file)).toBe(false);
  createHeartbeat(file, logger).beat();
  await until(() => isAlive(file));
  expect(await isAlive(file, Date.now() + 421_000)).toBe(false);
});

it('the health program exits with 0 after a sign of life, and with 1 without a fresh one', async () => {
  expect(await exitOfHealth()).toBe(1);
  const file = heartbeatFile(folder);
  createHeartbeat(file, logger).beat();
  await until(() => isAlive(file));
  expect(await exitOfHealth()).toBe(0);
  const longAgo = new Date(Date.now() - 600_000);
  await utimes(file, longAgo, longAgo);
  expect(await exitOfHealth()).toBe(1);
});

it('a bot shows life at every round of asking, while Telegram does not answer too', async () => {
  await using stage = await createStage();
  let beats = 0;
  stage.telegram.fail({ kind: 'reset', times: Infinity });
  stage.start({ onAlive: () => (beats += 1) });
  await until(() => beats > 2);
  expect(stage.telegram.calls('getMe').length).toBeGreaterThan(0);
});
