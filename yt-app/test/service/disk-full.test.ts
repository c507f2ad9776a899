import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isEnded, type Job } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, startYtApp, until } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let disk: string;
let isMounted = false;

beforeAll(async () => {
  disk = await mkdtemp(path.join(tmpdir(), 'linkcast-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    isMounted = false; // only root may
  }
});
afterAll(async () => {
  if (isMounted) execFileSync('umount', [disk]);
  await rm(disk, { recursive: true, force: true });
});

test(
  'a download that fills the disk: waits for room without leftovers, and the next job runs',
  { timeout: 180_000 },
  async ({ skip }) => {
    skip(!isMounted, 'a small disk can be mounted by root only');
    const origin = await createOriginServer({ root: await makeFixtures() });
    const service = await startYtApp({
      ALLOW_PRIVATE_SOURCES: origin.hostPort,
      MEDIA_DIR: path.join(disk, 'media'),
      DATA_DIR: path.join(disk, 'data'),
      STORAGE_LIMIT: '100%',
    });
    const run = async (url: string, hasStopped: (job: Job) => boolean): Promise<Job> => {
      const { id } = await service.api.createJob({ url, type: 'video' });
      return until(async () => {
        const job = await service.api.getJob(id);
        return hasStopped(job) && job;
      }, 60);
    };
    try {
      const url = origin.behave(fixturePaths.mp4IndexAtEnd, { kind: 'endless' });
      const full = await run(url, ({ retry }) => retry !== null);
      expect(full).toMatchObject({ state: 'queued', retry: { problem: { code: 'storage-full' } } });
      await service.api.cancelJob(full.id);
      expect(await readdir(path.join(disk, 'media/.work'))).toEqual([]);
      const next = await run(`${origin.url}${fixturePaths.m4a}`, ({ state }) => isEnded(state));
      expect(next).toMatchObject({ state: 'ready' });
    } finally {
      await service.close();
      await origin.close();
    }
  },
);
