import { mkdir, mkdtemp, readdir, readFile, rm, symlink, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mountSmallDisk } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, createDeliveryRig, MEDIA_ID, type DeliveryRig } from './delivery-rig.ts';

const FOLDER = { kind: 'folder' } as const;

let rig: DeliveryRig;
beforeAll(async () => {
  rig = await createDeliveryRig([]);
}, 60_000);
afterAll(() => rig.close());

test('a video: is put below DELIVERY_DIR with its NFO and poster, for everybody to read', async () => {
  const stem = `A film (2026) [${MEDIA_ID}]`;
  const report = await rig.run({ ...FOLDER, folder: 'films' });
  expect(report).toMatchObject({ type: 'delivered', file: { path: `films/Somebody/${stem}/${stem}.mp4` } });
  const place = path.join(rig.directory, 'films/Somebody', stem);
  expect(await rig.filesIn(place)).toEqual([`${stem}-poster.jpg`, `${stem}.mp4`, `${stem}.nfo`]);
  expect(((await stat(path.join(place, `${stem}.mp4`))).mode & 0o777).toString(8)).toBe('644');
});

test('an audio item: is its MP3; one without a picture otherwise: an M4A', async () => {
  const [mp3, m4a] = [
    rig.item({ type: 'audio', video: null, hasFile: true }),
    rig.item({ type: 'audio', video: null, hasPoster: false }),
  ];
  const plain = { ...FOLDER, layout: 'plain', folder: 'music' } as const;
  expect(await rig.run(plain, { item: mp3 })).toMatchObject({ file: { path: `music/A film [${MEDIA_ID}].mp3` } });
  expect(await rig.run(plain, { item: m4a })).toMatchObject({ file: { path: `music/A film [${MEDIA_ID}].m4a` } });
  const original = await readFile(path.join(rig.mediaDir, MEDIA_ID, 'audio.mp3'));
  expect(await readFile(path.join(rig.directory, `music/A film [${MEDIA_ID}].mp3`))).toEqual(original);
});

test('a library whose disk is at its limit: no copy is made for a delivery, and it is tried again', async () => {
  rig.limitStorage(0);
  const full = await rig.run({ ...FOLDER, folder: 'full' });
  rig.limitStorage(1);
  expect(codeOf(full)).toBe('storage-full');
  expect(await rig.filesIn(path.join(rig.mediaDir, '.work'))).toEqual([]);
  expect((await readdir(rig.directory)).includes('full')).toBe(false);
});

test('a hostile title and uploader: stay below the folder', async () => {
  const item = rig.item({ title: '../../../etc/passwd\n<script>', uploader: '../..' });
  const report = await rig.run({ ...FOLDER, folder: 'hostile' }, { item });
  expect(report).toMatchObject({
    type: 'delivered',
    file: { path: expect.stringMatching(/^hostile\/Unknown\/etc/) as string },
  });
  for (const name of await rig.filesIn(path.join(rig.directory, 'hostile'))) expect(name).not.toContain('..');
});

test('a link in the folder that leads out of it: is not followed', async () => {
  const outside = await mkdtemp(path.join(tmpdir(), 'linkcast-outside-'));
  await symlink(outside, path.join(rig.directory, 'out'));
  expect(codeOf(await rig.run({ ...FOLDER, folder: 'out' }))).toBe('delivery-refused');
  await mkdir(path.join(rig.directory, 'in'));
  await symlink(outside, path.join(rig.directory, 'in/Somebody'));
  expect(codeOf(await rig.run({ ...FOLDER, folder: 'in' }))).toBe('delivery-refused');
  expect(await rig.filesIn(outside)).toEqual([]);
  await rm(outside, { recursive: true });
});

test('no DELIVERY_DIR, or one that is not mounted: says so', async () => {
  for (const directory of [undefined, path.join(rig.directory, 'missing')])
    expect(codeOf(await rig.run(FOLDER, { directory }))).toBe('delivery-folder-unset');
});

test('an item whose files are missing: is not delivered', async () => {
  expect(codeOf(await rig.run(FOLDER, { item: rig.item({ video: 'missing' }) }))).toBe('conversion-failed');
});

test('a full disk: says so, and the file is delivered when there is room', async ({ skip }) => {
  const disk = await mountSmallDisk(4);
  if (!disk) return skip('only root may mount a disk');
  disk.fill(4096);
  expect(codeOf(await rig.run(FOLDER, { directory: disk.folder }))).toBe('delivery-full');
  await disk.empty();
  expect((await rig.run(FOLDER, { directory: disk.folder })).type).toBe('delivered');
  await disk.close();
});

test('a trial: writes, and leaves nothing', async () => {
  expect(await rig.run({ ...FOLDER, folder: 'trial' }, { item: null })).toEqual({
    type: 'tried',
    pin: null,
    problem: null,
  });
  expect(await rig.filesIn(path.join(rig.directory, 'trial'))).toEqual([]);
});
