import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Media } from '@linkcast/contracts';
import { fixturePaths, makeFixtures } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkItems } from '../../torture/checks/item-checks.ts';
import { createLedger, type Ledger } from '../../torture/ledger.ts';
import { item, mediaId, URL } from './made-up-evidence.ts';

const FFMPEG = 'ffmpeg';

let mediaDirectory: string;
let ledger: Ledger;

beforeEach(async () => {
  mediaDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-items-'));
  ledger = createLedger();
  ledger.add({ url: URL, type: 'video', source: 'healthy' });
});
afterEach(() => rm(mediaDirectory, { recursive: true, force: true }));

/** An item with its files: HLS of a fixture of 10 s. */
async function makeItem(fields: Partial<Media> = {}): Promise<Media> {
  const made = item(fields);
  const folder = path.join(mediaDirectory, made.id);
  await mkdir(folder);
  const source = (await makeFixtures()) + fixturePaths.mp4;
  const hls = ['-c', 'copy', '-f', 'hls', '-hls_time', '2', '-hls_list_size', '0', '-hls_flags', 'single_file'];
  execFileSync(FFMPEG, ['-v', 'error', '-i', source, ...hls, 'index.m3u8'], { cwd: folder });
  return made;
}
const check = async (media: Media[]): Promise<string[]> => {
  await checkItems({ mediaDirectory }, ledger, { media, trash: [] });
  return ledger.violations.map(({ promise }) => promise);
};

test('an item that is whole: nothing is broken', async () => {
  expect(await check([await makeItem()])).toEqual([]);
  expect(ledger.counts.get('items: decoded')).toBe(1);
});

test('noise in the middle of a segment: is not whole', async () => {
  const made = await makeItem();
  const file = await open(path.join(mediaDirectory, made.id, 'index.ts'), 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(20_000, 0xa5), 0, 20_000, Math.floor(size / 2));
  await file.close();
  expect(await check([made])).toEqual(['every listed item is whole']);
  expect(ledger.counts.get('items: partial')).toBe(1);
});

test('the length that is said is not that of the source: is not whole', async () => {
  expect(await check([await makeItem({ durationSeconds: 7 })])).toEqual(['every listed item is whole']);
});

test.each([
  [
    'a row without files',
    'no row without files',
    () => Promise.resolve([item({ links: { page: '', hls: null, file: null } })]),
  ],
  ['an item that is not finished', 'nothing stays unfinished', async () => [await makeItem({ state: 'playable' })]],
  [
    'files without a row',
    'no files without a row',
    async () => {
      await mkdir(path.join(mediaDirectory, mediaId()));
      return [];
    },
  ],
] as const)('%s: breaks a promise', async (_, promise, make) => {
  expect(await check(await make())).toContain(promise);
});
