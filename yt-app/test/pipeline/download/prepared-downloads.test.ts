import { createOriginServer, until, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

let origin: OriginServer;
let rig: PipelineRig;

beforeAll(async () => {
  origin = await createOriginServer();
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
});

const preparedPrograms = async (): Promise<number> =>
  (await rig.programs()).filter((line) => line.includes('yt_dlp') && line.includes('--load-info-json')).length;

test.each([
  ['video', 2],
  ['audio', 1],
] as const)('a %s that is being resolved: %i downloads wait, and an abort ends them', async (type, count) => {
  const url = origin.text(`/hangs-${type}.html`, 'text/html', '<!doctype html>');
  origin.behave(`/hangs-${type}.html`, { kind: 'slow-header', seconds: 60 });
  const abort = new AbortController();
  const run = rig.run({ id: type, mediaId: type, url, type, quality: 'best' }, createRecord(), abort.signal);
  const ended = expect(run).rejects.toThrow('enough');
  await until(async () => (await preparedPrograms()) === count);
  abort.abort(new Error('enough'));
  await ended;
  expect(await rig.programs()).toEqual([]);
});

test('a source without media: the downloads that waited have ended when the job fails', async () => {
  const url = origin.text('/page.html', 'text/html', '<!doctype html><title>Hello</title><p>Nothing here');
  const job = { id: 'page', mediaId: 'page', url, type: 'video', quality: 'best' } as const;
  await expect(rig.run(job, createRecord(), AbortSignal.timeout(60_000))).rejects.toMatchObject({
    code: 'source-unsupported',
  });
  expect(await rig.programs()).toEqual([]);
});
