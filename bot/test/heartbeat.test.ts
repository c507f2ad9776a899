import { createLogger } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHeartbeat, heartbeatFile } from '../src/heartbeat.ts';
import { createTestBot } from './test-bot.ts';

const logger = createLogger({ service: 'bot', level: 'silent' });
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a heartbeat: creates the folder and the file, and a later one updates the time of the file', async () => {
  const file = heartbeatFile(path.join(folder, 'new'));
  const { beat } = createHeartbeat(file, logger);
  beat();
  await until(() => isThere(file));
  const longAgo = new Date(Date.now() - 600_000);
  await utimes(file, longAgo, longAgo);
  beat();
  await until(async () => (await stat(file)).mtimeMs > longAgo.getTime());
});

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

it('a bot that cannot reach Telegram: still sends a heartbeat at every polling attempt', async () => {
  await using bot = await createTestBot();
  let beats = 0;
  bot.telegram.fail({ kind: 'reset', times: Infinity });
  bot.start({ onAlive: () => (beats += 1) });
  await until(() => beats > 2);
  expect(bot.telegram.calls('getMe').length).toBeGreaterThan(0);
});
