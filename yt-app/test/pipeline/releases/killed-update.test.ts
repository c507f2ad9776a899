import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '@linkcast/kit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createReleaseRig, type ReleaseRig } from '../../fixtures/release-rig.ts';
import { startReleaseServer, type ReleaseServer } from '../../fixtures/release-server.ts';

const OLD = '2099.01.01';
const NEW = '2099.01.02';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // many runs of Python

let server: ReleaseServer;
let rig: ReleaseRig;

beforeAll(async () => {
  server = await startReleaseServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  rig = await createReleaseRig({ server });
  await server.publish(OLD);
  await rig.update();
  await server.publish(NEW);
});
afterEach(async () => {
  server.origin.behaveWell();
  await rig.close();
});

/** Installs the newest release in a process that is killed at a step. */
async function updateKilledAt(step: string, signal?: AbortSignal): Promise<void> {
  const keyFile = path.join(rig.folder, 'key.asc');
  await writeFile(keyFile, server.publicKey);
  const { outcome } = await runProgram({
    file: process.execPath,
    args: [path.join(import.meta.dirname, 'killed-update.ts'), rig.folder, server.url, server.proxyUrl, keyFile, step],
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' },
    wallSeconds: 60,
    graceSeconds: 0,
    ...(signal ? { signal } : {}),
  });
  expect(outcome).toMatchObject(signal ? { kind: 'stopped' } : { kind: 'failed', signal: 'SIGKILL' });
}

/** Starts again, checks which release there is, and takes the newest one after all. */
async function expectRecovery(current: string): Promise<void> {
  rig = await rig.restart();
  expect(rig.downloaders.current()).toBe(current);
  expect(rig.downloaders.isUsable()).toBe(true);
  server.origin.behaveWell();
  await server.publish(NEW);
  await rig.update();
  expect(rig.downloaders.current()).toBe(NEW);
}

test.each(['release proved', 'release fetched', 'release unpacked', 'release tried', 'release kept'])(
  'a worker that is killed at "%s": has the release before, and takes the new one later',
  async (step) => {
    await updateKilledAt(step);
    await expectRecovery(OLD);
  },
);

test('a worker that is killed directly after the switch: has the new one', async () => {
  await updateKilledAt('release in use');
  await expectRecovery(NEW);
});

test('a worker that is killed in the middle of a download: has the release before', async () => {
  server.origin.behave(server.pathOf(NEW, 'yt-dlp'), { kind: 'stall', afterBytes: 100_000 });
  const killing = new AbortController();
  const killed = updateKilledAt('nothing', killing.signal);
  const isNew = ({ path: file }: { path: string }): boolean => file === server.pathOf(NEW, 'yt-dlp');
  const before = server.origin.requests.filter(isNew).length;
  await expect.poll(() => server.origin.requests.filter(isNew).length, { timeout: 20_000 }).toBe(before + 1);
  killing.abort(new Error('killed'));
  await killed;
  await expectRecovery(OLD);
});

test('notes that are cut off: are read as none', async () => {
  const notes = path.join(rig.folder, 'notes.json');
  await writeFile(notes, (await readFile(notes, 'utf8')).slice(0, 10));
  await expectRecovery(OLD);
});
