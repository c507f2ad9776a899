import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  ADMIN_PASSWORD,
  run,
  SERVICE_KEY,
  SOURCE_PASSWORD,
  startStation,
  type StationFixture,
} from './fixtures/broadcaster-fixture.ts';

const FIRST = 'aaaaaaaaaaaaaaaaaaaa';
const SECOND = 'bbbbbbbbbbbbbbbbbbbb';
const SOON = { timeout: 20_000, interval: 100 };

let fixture: StationFixture | undefined;

afterEach(async () => {
  await fixture?.stop();
  fixture = undefined;
});

async function start(): Promise<StationFixture> {
  fixture = await startStation();
  return fixture;
}

const titleOf = async ({ station }: StationFixture) => (await station.status()).title;
const isOnline = async ({ station }: StationFixture) => (await station.status()).online;

/** Listens until there are so many bytes, then lets ffprobe say what they are. */
async function probeStream(origin: string): Promise<string> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-read_intervals', '%+2', '-show_entries', 'stream=codec_name,sample_rate,channels'],
    ...['-of', 'csv=p=0', `${origin}/play`],
  ]);
  return stdout.trim();
}

test('the station, an empty library, sends silence that ffprobe reads as the station format', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
  expect(await running.station.status()).toMatchObject({ online: true, title: null });
});

test('the station, tracks named by yt-app, airs them in that order with their titles and our token', async () => {
  const running = await start();
  const title = 'Canción 日本 & <b> "x"';
  running.ytApp.queue.push(await running.addAudio(FIRST, title, 3), await running.addAudio(SECOND, 'Second', 60));
  await expect.poll(() => titleOf(running), SOON).toBe(title);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
  await expect.poll(() => titleOf(running), SOON).toBe('Second');
  expect(new Set(running.ytApp.authorizations)).toEqual(new Set([`Bearer ${SERVICE_KEY}`]));
});

test('the station, skip while a long track is on air, airs the next one within two seconds', async () => {
  const running = await start();
  running.ytApp.queue.push(await running.addAudio(FIRST, 'Long', 60));
  await expect.poll(() => titleOf(running), SOON).toBe('Long');
  running.ytApp.queue.splice(0, 1, await running.addAudio(SECOND, 'Wanted', 60));
  expect(running.station.skip()).toBe(true);
  await expect.poll(() => titleOf(running), { timeout: 2000, interval: 50 }).toBe('Wanted');
});

test('the station, yt-app gone, plays on through the finished audio it finds', async () => {
  const running = await start();
  await running.addAudio(FIRST, 'One', 2);
  await running.addAudio(SECOND, 'Two', 2);
  await running.ytApp.stop();
  await expect.poll(() => titleOf(running), SOON).toBe('One');
  await expect.poll(() => titleOf(running), SOON).toBe('Two');
  await expect.poll(() => titleOf(running), SOON).toBe('One');
});

test.each(['icecast2', 'ezstream'])('the station, %s killed, is back on air by itself', async (program) => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  const pid = await findPid(program, running.options.stateDirectory);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => findPid(program, running.options.stateDirectory), SOON).not.toBe(pid);
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  expect(await probeStream(running.origin)).toBe('mp3,44100,2');
});

test('the station, at work, shows its passwords in no argument, no log line and no file that others read', async () => {
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

test("Icecast's admin page, the well-known password, refuses", async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  const answer = await fetch(`${running.origin}/admin/stats`, {
    headers: { authorization: `Basic ${btoa('admin:hackme')}` },
  });
  expect(answer.status).toBe(401);
});

test('the station, stopped, leaves no program behind', async () => {
  const running = await start();
  await expect.poll(() => isOnline(running), SOON).toBe(true);
  await running.station.stop();
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
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''); // ended in between
    lines.set(pid, line.replaceAll('\0', ' '));
  }
  return lines;
}
