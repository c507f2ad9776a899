import type { SourceFacts } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig, type RigJob } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';
import {
  segment,
  startSponsorBlock,
  type SponsorBlockAnswer,
  type SponsorBlockServer,
} from './sponsor-block-server.ts';

const VIDEO = 'dQw4w9WgXcQ';
/** `sha256("dQw4w9WgXcQ")` begins with it. */
const PREFIX = '5f6b';
const MARKS = [{ start: 2, end: 4, category: 'sponsor' }];
const FOUND: SponsorBlockAnswer = {
  status: 200,
  body: JSON.stringify([{ videoID: VIDEO, segments: [segment(2, 4)] }]),
};

let origin: OriginServer;
let sponsorBlock: SponsorBlockServer;
let rig: PipelineRig;
let extractor = 'Youtube';
let count = 0;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  sponsorBlock = await startSponsorBlock();
  rig = await createPipelineRig({
    allow: [origin.hostPort, sponsorBlock.hostPort],
    asSource: (info) => ({ ...info, id: VIDEO, extractor_key: extractor, duration: 10 }),
  });
});
afterAll(async () => {
  await rig.close();
  await sponsorBlock.close();
  await origin.close();
});
beforeEach(() => {
  extractor = 'Youtube';
  sponsorBlock.requests.length = 0;
  sponsorBlock.answers = [];
});

/** Runs a job to its end. @returns the marks of its item, and those that it had when it could be played. */
async function run(job: Partial<RigJob> = {}) {
  count += 1;
  const record = createRecord();
  const facts = await rig.run(
    {
      ...{ id: `marks${count}`, mediaId: `marks${count}`, url: origin.url + fixturePaths.mp4, type: 'video' },
      ...{ quality: 'best', sponsorBlock: sponsorBlock.url, ...job },
    },
    record,
    AbortSignal.timeout(60_000),
  );
  return { marks: facts?.marks, whenPlayable: record.whenPlayable?.marks, source: record.facts as SourceFacts };
}

test('a video with a mark: the item has it, and the server gets the prefix of a hash, never the id', async () => {
  sponsorBlock.answers = [FOUND];
  expect(await run()).toMatchObject({ marks: MARKS, whenPlayable: [], source: { sourceId: VIDEO } });
  const [request = '', ...others] = sponsorBlock.requests;
  expect(others).toEqual([]);
  const { pathname, searchParams } = new URL(request, sponsorBlock.url);
  expect(pathname).toBe(`/api/skipSegments/${PREFIX}`);
  expect(searchParams.get('categories')).toContain('"sponsor"');
  expect(request).not.toContain(VIDEO);
});

test('the audio of a video: has the marks, too', async () => {
  sponsorBlock.answers = [FOUND];
  expect(await run({ type: 'audio' })).toMatchObject({ marks: MARKS });
});

test.each<[string, SponsorBlockAnswer[], number]>([
  ['404', [], 1],
  ['5 MB', [{ status: 200, body: `[${' '.repeat(5e6)}]` }], 1],
  ['a page', [{ status: 200, body: '<html>'.repeat(1000) }], 1],
  ['wrong types', [{ status: 200, body: '[{"videoID":7,"segments":{}}]' }], 1],
  ['other videos', [{ status: 200, body: JSON.stringify([{ videoID: 'x', segments: [segment(2, 4)] }]) }], 1],
  ['403', [{ status: 403, body: '' }], 1],
  ['500 twice', [{ status: 500, body: '' }], 2],
  ['nothing at all', ['hang'], 1],
])('a server that answers %s: the item is ready without marks', async (_name, answers, requests) => {
  sponsorBlock.answers = answers;
  expect(await run()).toMatchObject({ marks: [] });
  expect(sponsorBlock.requests).toHaveLength(requests);
});

test('a server that is busy at first: is asked once more', async () => {
  sponsorBlock.answers = [{ status: 429, body: '' }, FOUND];
  expect(await run()).toMatchObject({ marks: MARKS });
  expect(sponsorBlock.requests).toHaveLength(2);
});

test('a server that nobody listens at, or that the egress proxy refuses: the item is ready without marks', async () => {
  expect(await run({ sponsorBlock: 'http://127.0.0.1:1' })).toMatchObject({ marks: [] });
});

test('an installation that does not want it: asks nothing', async () => {
  sponsorBlock.answers = [FOUND];
  expect(await run({ sponsorBlock: undefined })).toMatchObject({ marks: [] });
  expect(sponsorBlock.requests).toEqual([]);
});

test('a video of another site: asks nothing', async () => {
  extractor = 'Vimeo';
  sponsorBlock.answers = [FOUND];
  expect(await run()).toMatchObject({ marks: [] });
  expect(sponsorBlock.requests).toEqual([]);
});
