import { createLogger } from '@linkcast/kit';
import { createOriginServer, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { createSourceList } from '../../src/pipeline/source-list.ts';
import { createPipelineRig, type PipelineRig } from '../pipeline/pipeline-rig.ts';
import { startFollowingRig, type FollowingRig } from './following-rig.ts';

let origin: OriginServer;
let programs: PipelineRig;
let rig: FollowingRig;

beforeAll(async () => {
  origin = await createOriginServer();
  programs = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await programs.close();
  await origin.close();
});
beforeEach(async () => {
  const read = createSourceList(programs.ytDlp);
  rig = await startFollowingRig(await openAppDatabase(':memory:'), {
    allowPrivate: [origin.hostPort],
    listSource: ({ url }, signal) =>
      read(
        { url, proxyUrl: programs.proxyUrl, maxEntries: 200, ways: [] },
        { signal, onCookies: () => undefined, logger: silent },
      ),
  });
});
afterEach(() => rig.stop());

interface Episode {
  readonly name: string;
  /** Hours from the beginning of the test. */
  readonly at: number;
  readonly title?: string;
  readonly guid?: string;
}

const silent = createLogger({ service: 'test', level: 'silent' });
const START = Date.UTC(2026, 10, 30, 12);
/** Serves a feed with these episodes, in their order. @returns its address */
function publish(episodes: readonly Episode[]): string {
  const items = episodes.map(({ name, at, title = name, guid }) => {
    const id = guid === undefined ? '' : `<guid>${guid}</guid>`;
    const date = new Date(START + at * 3_600_000).toUTCString();
    return `<item><title>${title}</title><link>${linkOf(name)}</link>${id}<pubDate>${date}</pubDate></item>`;
  });
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>${items.join('')}</channel></rss>`;
  return origin.text('/feed.rss', 'application/rss+xml', body);
}
const linkOf = (name: string): string => `${origin.url}/${name}.mp4`;

test(
  'a feed over three rounds: fetches what is new, once, waits for what is announced, and takes long titles',
  { timeout: 60_000 },
  async () => {
    const one = { name: 'one', at: -2, guid: 'urn:1' };
    const two = { name: 'two', at: 3, title: 'x'.repeat(4096) };
    const premiere = { name: 'premiere', at: 10 };
    const list = await rig.follow({ url: publish([one]) });
    expect(list).toMatchObject({ title: 'A feed', waiting: 0 });

    publish([premiere, two, two, one]);
    await rig.round(7);
    expect(await rig.batches()).toEqual([[linkOf('two')]]);
    expect((await rig.following.get(list.id)).waiting).toBe(1);
    const [parent] = (await rig.fixture.jobs.list({ limit: 1 }, 'everything')).jobs;
    const [child] = (await rig.fixture.jobs.list({ limit: 1, parent: parent?.id }, 'everything')).jobs;
    expect(child?.title).toBe('x'.repeat(300));

    publish([premiere, two, { ...one, name: 'one-with-another-address' }]);
    await rig.round(7);
    expect(await rig.batches()).toEqual([[linkOf('two')], [linkOf('premiere')]]);

    await rig.round(7);
    expect(await rig.batches()).toHaveLength(2);
    expect(await rig.following.get(list.id)).toMatchObject({ waiting: 0, failures: 0, lastCheckAt: rig.now });
  },
);

test('a feed with one episode since a day: is followed, and the episode fetched', async () => {
  await rig.follow({
    url: publish([
      { name: 'old', at: -60 },
      { name: 'new', at: -1 },
    ]),
    since: '2026-11-30',
  });
  expect(await rig.batches()).toEqual([[linkOf('new')]]);
});

test('one video, and a feed that answers 403 and 404: say so', async () => {
  await expect(rig.follow({ url: origin.text('/film.mp4', 'video/mp4', 'x') })).rejects.toMatchObject({
    code: 'not-a-list',
  });
  const url = publish([]);
  await rig.follow({ url });
  for (const [status, code] of [
    [403, 'source-refused'],
    [404, 'source-not-found'],
  ] as const) {
    origin.behave('/feed.rss', { kind: 'status', status });
    await rig.round(24);
    expect((await rig.following.list())[0]).toMatchObject({ problem: { code } });
  }
});
