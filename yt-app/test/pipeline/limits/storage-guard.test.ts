import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStorageGuard } from '../../../src/pipeline/limits/storage-guard.ts';

let disk: string;
let isMounted = false;

beforeAll(async () => {
  disk = await mkdtemp(path.join(tmpdir(), 'linkcast-inodes-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,nr_inodes=300', 'tmpfs', disk], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    isMounted = false; // only root may
  }
});
afterAll(async () => {
  if (isMounted) execFileSync('umount', [disk]);
  await rm(disk, { recursive: true, force: true });
});

test('a disk with bytes left and no inode: counts as full, and before that no job starts', async ({ skip }) => {
  skip(!isMounted, 'a small disk can be mounted by root only');
  const guard = createStorageGuard(disk, 0.99);
  await expect(guard.check()).resolves.toBeUndefined();
  for (let number = 0; number < 150; number += 1) await writeFile(path.join(disk, `${number}`), '');
  await expect(guard.check()).rejects.toMatchObject({ code: 'storage-full' });
  expect(await guard.isExhausted()).toBe(false);
  const fill = async (): Promise<void> => {
    for (let number = 150; ; number += 1) await writeFile(path.join(disk, `${number}`), '');
  };
  await expect(fill()).rejects.toThrow('ENOSPC');
  expect(await guard.isExhausted()).toBe(true);
  for (const name of await readdir(disk)) await rm(path.join(disk, name));
  await expect(guard.check()).resolves.toBeUndefined();
});
