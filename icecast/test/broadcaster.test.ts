import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ADMIN_PASSWORD,
  run,
  SERVICE_KEY,
  SOURCE_PASSWORD,
  startBroadcaster,
  type BroadcasterFixture,
} from './fixtures/broadcaster-fixture.ts';

const FIRST = 'aaaaaaaaaaaaaaaaaaaa';
const SECOND = 'bbbbbbbbbbbbbbbbbbbb';
const SOON = { timeout: 20_000, interval: 100 };

let fixture: BroadcasterFixture | undefined;

afterEach(async () => {
  await fixture?.stop();
  fixture = undefined;
});

async function start(): Promise<BroadcasterFixture> {
  fixture = await startBroadcaster();
  return fixture;
}

const StatusPage = z.object({ icestats: z.object({ source: z.object({ title: z.string() }).partial().optional() }) });

/** The title that Icecast shows to listeners. */
async function titleOf({ origin }: BroadcasterFixture): Promise<string | undefined> {
  const answer = await fetch(`${origin}/status-json.xsl`);
  return StatusPage.parse(await answer.json()).icestats.source?.title;
}

const isOnline = async ({ broadcaster }: BroadcasterFixture) => (await broadcaster.status()).online;

/** Listens for two seconds, and returns the format that ffprobe finds. */
async function probeStream(origin: string): Promise<string> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-read_intervals', '%+2', '-show_entries', 'stream=codec_name,sample_rate,channels'],
    ...['-of', 'csv=p=0', `${origin}/play`],
  ]);
  return stdout.trim();
}

test('an empty library: the stream is silence in the stream format, under the name of the station', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
  expect(await running.broadcaster.status()).toMatchObject({ online: true });
  await expect.poll(() => titleOf(running), SOON).toBe('Linkcast');
});

test('tracks named by yt-app: are on air in that order with their titles, and requests have our key', async () => {
  const running = await start();
  const title = 'Canción 日本 & <b> "x"';
  running.ytApp.queue.push(await running.addAudio(FIRST, title, 3), await running.addAudio(SECOND, 'Second', 60));
  await expect.poll(() => titleOf(running), SOON).toBe(title);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
  await expect.poll(() => titleOf(running), SOON).toBe('Second');
  expect(new Set(running.ytApp.authorizations)).toEqual(new Set([`Bearer ${SERVICE_KEY}`]));
});

test('a skip during a long track: the next one is on air within two seconds', async () => {
  const running = await start();
  running.ytApp.queue.push(await running.addAudio(FIRST, 'Long', 60));
  await expect.poll(() => titleOf(running), SOON).toBe('Long');
  running.ytApp.queue.splice(0, 1, await running.addAudio(SECOND, 'Wanted', 60));
  expect(running.broadcaster.skip()).toBe(true);
  await expect.poll(() => titleOf(running), { timeout: 2000, interval: 50 }).toBe('Wanted');
});

test('yt-app down: the finished audio of the library is on air in rotation', async () => {
  const running = await start();
  await running.addAudio(FIRST, 'One', 2);
  await running.addAudio(SECOND, 'Two', 2);
  await running.ytApp.stop();
  await expect.poll(() => titleOf(running), SOON).toBe('One');
  await expect.poll(() => titleOf(running), SOON).toBe('Two');
  await expect.poll(() => titleOf(running), SOON).toBe('One');
});

test.each(['icecast2', 'ezstream'])('%s killed: is started again, and the stream is back', async (program) => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  const pid = await findPid(program, running.options.stateDirectory);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => findPid(program, running.options.stateDirectory), SOON).not.toBe(pid);
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
});

test('a running broadcaster: shows no password in arguments and log, and its files have mode 0600', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  await fetch(`${running.origin}/admin/stats`, {
    headers: { authorization: `Basic ${btoa(`admin:${SOURCE_PASSWORD}`)}` },
  });
  const secrets = [SOURCE_PASSWORD, ADMIN_PASSWORD, SERVICE_KEY];
  const shown = [...(await readCommandLines()).values(), ...running.log].join('\n');
  for (const secret of secrets) expect(shown).not.toContain(secret);
  for (const name of ['icecast.xml', 'ezstream.xml']) {
    const { mode } = await stat(path.join(running.options.stateDirectory, name));
    expect(mode & 0o777).toBe(0o600);
  }
});

test('the admin page of Icecast with the default password: answers 401', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  const answer = await fetch(`${running.origin}/admin/stats`, {
    headers: { authorization: `Basic ${btoa('admin:hackme')}` },
  });
  expect(answer.status).toBe(401);
});

test('a stopped broadcaster: leaves no program running', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  await running.broadcaster.stop();
  const left = [...(await readCommandLines()).values()].filter((line) => line.includes(running.options.stateDirectory));
  expect(left).toEqual([]);
});

async function findPid(program: string, directory: string): Promise<number> {
  for (const [pid, line] of await readCommandLines()) {
    if (line.startsWith(program) && line.includes(directory)) return pid;
  }
  throw new Error(`${program} is not running`);
}

async function readCommandLines(): Promise<Map<number, string>> {
  const lines = new Map<number, string>();
  for (const pid of (await readdir('/proc')).map(Number).filter((entry) => entry > 1)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''); // the process has ended
    lines.set(pid, line.replaceAll('\0', ' '));
  }
  return lines;
}
