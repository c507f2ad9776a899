import { createBotApiServer, until } from '@linkcast/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createYtAppStandIn } from './yt-app/yt-app-stand-in.ts';

const SERVICE_KEY = 'canary-key-of-the-bot-0123456789';
const LINK = 'https://example.com/watch?v=1';
const MEMBER = 501;
const MAIN = path.join(import.meta.dirname, '../src/main.ts');

let folder = '';
const children = new Set<ChildProcess>();

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  await rm(folder, { recursive: true, force: true });
});

function startMain(settings: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], DATA_DIR: folder, ...settings } });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, exit, output: () => output };
}

describe('the bot process', () => {
  it('started without TELEGRAM_TOKEN: reports that it is needed, and exits with 78', async () => {
    const bot = startMain({});
    expect(await bot.exit).toBe(78);
    expect(bot.output()).toContain('TELEGRAM_TOKEN: is needed');
  });

  it('started with several invalid settings: lists all of them, and exits with 78', async () => {
    const bot = startMain({ TELEGRAM_TOKEN: 'nonsense', SITE_URL: 'nowhere' });
    expect(await bot.exit).toBe(78);
    expect(bot.output()).toContain('TELEGRAM_TOKEN');
    expect(bot.output()).toContain('SITE_URL');
  });

  it('killed after it received the end of a job and before it stored it: reports the end once after the next start', async () => {
    const telegram = await createBotApiServer();
    const ytApp = await createYtAppStandIn(SERVICE_KEY);
    ytApp.people.add(MEMBER, 'member');
    const settings = {
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      YT_APP_URL: ytApp.url,
      SERVICE_KEY,
    };
    const first = startMain(settings);
    telegram.say(MEMBER, `/dv ${LINK}`);
    await until(() => telegram.messages(MEMBER).at(-1)?.text.includes('Waiting in the queue'));
    const reads = ytApp.reads();
    ytApp.holdReads(true);
    ytApp.finish(ytApp.jobs()[0]?.id ?? '');
    await until(() => ytApp.reads() > reads);
    first.child.kill('SIGKILL');
    await first.exit;
    ytApp.holdReads(false);
    const second = startMain(settings);
    await until(() => telegram.messages(MEMBER).at(-1)?.text.includes('✅ Ready'));
    expect(telegram.messages(MEMBER).filter((message) => message.fromBot)).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    expect((first.output() + second.output()).split('request ended')).toHaveLength(2);
    await Promise.all([telegram.close(), ytApp.down()]);
  });

  it('killed in the middle of a job: reports the end after the next start, and shows no secret in its output or command line', async () => {
    const telegram = await createBotApiServer();
    const ytApp = await createYtAppStandIn(SERVICE_KEY);
    ytApp.people.add(MEMBER, 'member');
    const settings = {
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      YT_APP_URL: ytApp.url,
      SERVICE_KEY,
      LOG_LEVEL: 'trace',
    };
    const first = startMain(settings);
    telegram.say(MEMBER, `/dv ${LINK}`);
    await until(() => telegram.messages(MEMBER).at(-1)?.text.includes('Waiting in the queue'));
    const commandLine = await readFile(`/proc/${first.child.pid ?? 0}/cmdline`, 'utf8');
    first.child.kill('SIGKILL');
    await first.exit;
    ytApp.finish(ytApp.jobs()[0]?.id ?? '');
    const second = startMain(settings);
    await until(() => telegram.messages(MEMBER).at(-1)?.text.includes('✅ Ready'));
    expect(telegram.messages(MEMBER).filter((message) => message.fromBot)).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    for (const text of [commandLine, first.output(), second.output()]) {
      expect(text).not.toContain(SERVICE_KEY);
      expect(text).not.toContain(telegram.token.split(':')[1]);
    }
    await Promise.all([telegram.close(), ytApp.down()]);
  });
});
