import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startYtApp, until, type YtAppProcess } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeMediaJson } from '../../src/library/files/media-json.ts';
import { writeMarker } from '../../src/library/volume/volume-marker.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

let mediaDir: string;
let ytApp: YtAppProcess;
beforeEach(async () => {
  mediaDir = await mkdtemp(path.join(tmpdir(), 'linkcast-positions-'));
  await writeMarker(mediaDir, '');
  await mkdir(path.join(mediaDir, mediaId(1)));
  await writeMediaJson(path.join(mediaDir, mediaId(1)), audioItem(1, { durationSeconds: 6000 }));
  ytApp = await startYtApp({ MEDIA_DIR: mediaDir }, { hasWorker: false });
  await until(async () => (await ytApp.api.listMedia()).media.length === 1, 20);
});
afterEach(async () => {
  await ytApp.close();
  await rm(mediaDir, { recursive: true });
});

const report = (seconds: number) => ytApp.api.reportPositions([{ mediaId: mediaId(1), seconds }]);
const seconds = async () => (await ytApp.api.getMedia(mediaId(1))).position?.seconds;

test('a position reported directly before the service stops: is there after the next start', async () => {
  await report(1234);
  await ytApp.main.kill('SIGTERM');
  await ytApp.start();
  expect(await seconds()).toBe(1234);
});

test(
  'kill -9 of the service: costs the reports of the last 10 seconds, and none before them',
  { timeout: 60_000 },
  async () => {
    await report(100);
    await new Promise((resolve) => setTimeout(resolve, 11_000)); // the promise is about this time
    await report(111);
    await ytApp.main.kill('SIGKILL');
    await ytApp.start();
    expect([100, 111]).toContain(await seconds());
  },
);
