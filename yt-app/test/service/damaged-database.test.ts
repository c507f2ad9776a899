import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isEnded } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

const PAGE_BYTES = 4096;

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
});
afterAll(() => origin.close());
beforeEach(async () => {
  service = await startYtApp({ ALLOW_PRIVATE_SOURCES: origin.hostPort });
});
afterEach(() => service.close());

async function bringIn(query: string): Promise<string> {
  const { id } = await service.api.createJob({ url: `${origin.url}${fixturePaths.m4a}?${query}`, type: 'audio' });
  const job = await until(async () => {
    const current = await service.api.getJob(id);
    return isEnded(current.state) && current;
  }, 60);
  expect(job.state).toBe('ready');
  return job.mediaId ?? '';
}
/** Overwrites all pages but the first, as a failing disk may. */
async function damage(): Promise<void> {
  const handle = await open(path.join(service.dataDir, 'yt-app.sqlite'), 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size - PAGE_BYTES, 0x55), 0, size - PAGE_BYTES, PAGE_BYTES);
  } finally {
    await handle.close();
  }
}
const asideFiles = async () =>
  (await readdir(service.dataDir)).filter((name) => /^yt-app\.sqlite\.damaged-[\dTZ-]+$/.test(name));
const lossNotice = () =>
  until(async () => {
    const { notices } = await service.api.health();
    return notices.find(({ message }) => message?.code === 'database-lost-notice');
  }, 20);
const mediaIds = async () => (await service.api.listMedia()).media.map(({ id }) => id);

test('a database that is damaged at the start: is set aside, the library is rebuilt, and the owner reads what was lost', async () => {
  const id = await bringIn('one');
  await service.kill('SIGTERM');
  await damage();
  await service.start();

  await until(async () => (await mediaIds()).includes(id), 20);
  const [aside] = await asideFiles();
  expect((await lossNotice()).action?.sentence).toContain(aside);
  expect(await bringIn('two')).toMatch(/^[a-z2-7]{20}$/);

  await service.kill('SIGTERM');
  await service.start();
  expect(await mediaIds()).toContain(id);
  expect(await asideFiles()).toEqual([aside]);
  await lossNotice();
}, 120_000);
