import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { isProblem, mediaMarker } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

let origin: OriginServer;
let rig: PipelineRig;

beforeEach(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterEach(async () => {
  await rig.close();
  await origin.close();
});

async function problemOf(path: string, record = createRecord()): Promise<string> {
  const job = { id: 'job', mediaId: 'item', url: origin.url + path, type: 'video', quality: 'best' } as const;
  return rig.run(job, record, AbortSignal.timeout(60_000)).then(
    () => 'no failure',
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );
}
const away = (): string => `${rig.mediaDir}.away`;

test('without the marker of the volume: nothing is requested or written', async () => {
  await rm(`${rig.mediaDir}/${mediaMarker}`);
  expect(await problemOf(fixturePaths.mp4)).toBe('media-missing');
  expect(origin.requests).toEqual([]);
  expect(await readdir(rig.mediaDir)).toEqual([]);
});

test.each([
  ['resolved', fixturePaths.dash],
  ['playable', fixturePaths.dash],
  ['playable', fixturePaths.mp4IndexAtEnd],
] as const)(
  'a volume that goes when the source is %s (%s): is no fault of the source, and nothing is left',
  async (moment, path) => {
    origin.throttle(200_000);
    const unmount = async (): Promise<void> => {
      await rename(rig.mediaDir, away());
      await mkdir(rig.mediaDir); // an empty mount point
      setTimeout(() => void mountAgain(), 4000);
      origin.throttle(undefined);
    };
    let strays: string[] = ['not mounted again'];
    const mountAgain = async (): Promise<void> => {
      strays = (await readdir(rig.mediaDir)).filter((name) => name !== '.work');
      await rm(rig.mediaDir, { recursive: true });
      await rename(away(), rig.mediaDir);
    };
    const record = createRecord(moment === 'resolved' ? { onResolved: unmount } : { onPlayable: () => void unmount() });
    try {
      expect(await problemOf(path, record)).toBe('media-missing');
      expect(strays).toEqual([]);
      expect((await readdir(rig.mediaDir, { recursive: true })).toSorted()).toEqual([mediaMarker, '.work'].toSorted());
    } finally {
      await rm(away(), { recursive: true, force: true });
    }
  },
);

test('a volume that was away for a moment: is no fault of ours or of the source', async () => {
  origin.throttle(200_000);
  const record = createRecord({
    async onResolved() {
      await rename(rig.mediaDir, away());
      setTimeout(() => void rename(away(), rig.mediaDir), 1500);
      origin.throttle(undefined);
    },
  });
  expect(await problemOf(fixturePaths.dash, record)).toBe('media-missing');
});
