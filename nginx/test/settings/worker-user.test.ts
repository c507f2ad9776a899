import { chmod, chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseWorkerUser, findWorkerUser, type SystemUser } from '../../src/settings/worker-user.ts';
import { MEDIA_ID, startEdge } from '../fixtures/edge-fixture.ts';

const isRoot = process.getuid?.() === 0;
const WORKER: SystemUser = { uid: 33, gid: 33 };
let directory: string;
let media: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'workers-'));
  media = path.join(directory, 'media');
  await mkdir(media);
});
afterEach(() => rm(directory, { recursive: true }));

test('a process that is not root: has no worker user', async () => {
  expect(await findWorkerUser(1000)).toBeUndefined();
  expect(await chooseWorkerUser(1000, undefined, { readable: [media], enterable: [] })).toBeUndefined();
});

test('root on a machine without www-data: runs workers as root', async () => {
  expect(await chooseWorkerUser(0, undefined, { readable: [media], enterable: [] })).toBe('root');
});

describe.runIf(isRoot)('as root', () => {
  test.each([
    ['open to all users', { parent: 0o755, media: 0o755, gid: 0 }, 'www-data'],
    ['open to its group', { parent: 0o710, media: 0o2750, gid: 33 }, 'www-data'],
    ['in a directory that www-data cannot enter', { parent: 0o700, media: 0o755, gid: 0 }, 'root'],
    ['open to all but its group', { parent: 0o755, media: 0o705, gid: 33 }, 'root'],
    ['that www-data can enter and not read', { parent: 0o755, media: 0o711, gid: 0 }, 'root'],
  ])('media %s: are served by a user that can read them', async (_, modes, user) => {
    await Promise.all([directory, media].map((one) => chown(one, 0, modes.gid)));
    await chmod(directory, modes.parent);
    await chmod(media, modes.media);
    expect(await chooseWorkerUser(0, WORKER, { readable: [media], enterable: [] })).toBe(user);
  });

  test('a directory that www-data can enter but not list: is sufficient for writing, not for reading', async () => {
    await Promise.all([directory, media].map((one) => chown(one, 0, 33)));
    await Promise.all([directory, media].map((one) => chmod(one, 0o710)));
    expect(await chooseWorkerUser(0, WORKER, { readable: [], enterable: [media] })).toBe('www-data');
    expect(await chooseWorkerUser(0, WORKER, { readable: [media], enterable: [] })).toBe('root');
  });

  test('media readable by their group only: are served, and the directories of nginx are closed to others', async () => {
    const worker = await findWorkerUser(0);
    await chown(media, 0, worker?.gid ?? 0);
    await chmod(media, 0o2750);
    await chmod(directory, 0o755);
    process.umask(0o027); // as yt-app does
    await mkdir(path.join(media, MEDIA_ID));
    await writeFile(path.join(media, MEDIA_ID, 'v1080.mp4'), 'video');
    process.umask(0o022);
    const edge = await startEdge({ mediaDirectory: media });
    try {
      const answer = await edge.request(`/media/${MEDIA_ID}/v1080.mp4`);
      expect([answer.status, answer.body]).toEqual([200, 'video']);
      const { stateDirectory } = edge.options;
      for (const own of [stateDirectory, path.join(stateDirectory, 'temp')]) {
        const { mode, gid } = await stat(own);
        expect([own, mode & 0o777, gid]).toEqual([own, 0o710, worker?.gid]);
      }
      expect(edge.log.join('\n')).not.toContain('run as root');
    } finally {
      await edge.stop();
    }
  });
});
