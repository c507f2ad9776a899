import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeWorkFolder } from '../../../src/pipeline/run/work-folder.ts';

const id = 'a'.repeat(20);
let mediaDir: string;

beforeEach(async () => {
  mediaDir = await mkdtemp(path.join(tmpdir(), 'linkcast-work-folder-'));
});
afterEach(() => rm(mediaDir, { recursive: true }));

const take = (fence: number): Promise<string> => takeWorkFolder(mediaDir, { id, fence }, ['kept']);

test('the folder of the claim before: is taken with what may be continued, and nothing else', async () => {
  const first = await take(1);
  await mkdir(path.join(first, 'kept'));
  await writeFile(path.join(first, 'kept/v360'), 'bytes');
  await writeFile(path.join(first, 'index.m3u8'), '');
  const second = await take(2);
  expect(await readdir(second)).toEqual(['kept']);
  expect(await readdir(path.join(second, 'kept'))).toEqual(['v360']);
  expect(await readdir(path.dirname(second))).toEqual([path.basename(second)]);
});

test('a link that a program has left in the place of it: is removed, and what it leads to stays', async () => {
  const first = await take(1);
  const other = path.join(mediaDir, 'other');
  await mkdir(other);
  await writeFile(path.join(other, 'v360'), 'of another item');
  await symlink(other, path.join(first, 'kept'));
  expect(await readdir(await take(2))).toEqual([]);
  expect(await readdir(other)).toEqual(['v360']);
});
