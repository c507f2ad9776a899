import { mkdtemp, readdir, rm, stat, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withCookieFile } from '../../../src/pipeline/run/cookie-file.ts';

let folder: string;
let file: string;
let changed: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-cookies-'));
  file = path.join(folder, 'cookies.txt');
  changed = [];
});
afterEach(() => rm(folder, { recursive: true }));

const run = (use: () => Promise<unknown>) => withCookieFile(file, 'cookies', use, (text) => changed.push(text));

test('during the run: the file is for its owner alone; afterwards it is deleted', async () => {
  expect(await run(async () => (await stat(file)).mode & 0o777)).toBe(0o600);
  expect(await readdir(folder)).toEqual([]);
  expect(changed).toEqual([]);
});

test('what the run writes: is reported, also when it fails', async () => {
  await run(() => writeFile(file, 'new cookies'));
  await expect(
    run(async () => {
      await writeFile(file, 'newer cookies');
      throw new Error('failed');
    }),
  ).rejects.toThrow('failed');
  expect(changed).toEqual(['new cookies', 'newer cookies']);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['a link to another file', async () => symlink('/etc/passwd', file)],
  ['nothing', () => Promise.resolve()],
])('%s in its place: is not read', async (_name, replace) => {
  await run(async () => {
    await unlink(file);
    await replace();
  });
  expect(changed).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('a file of a gigabyte in its place: is not read', async () => {
  await run(() => truncate(file, 1e9));
  expect(changed).toEqual([]);
});
