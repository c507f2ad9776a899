import { isEnded, isProblem, type Job, type PlaylistChoice, type Probe } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAX_PLAYLIST = 4;
const LONG = { timeout: 90_000 };

let origin: OriginServer;
let service: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  service = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    HOST_CONCURRENCY: '0',
    MAX_PLAYLIST: String(MAX_PLAYLIST),
  });
});
afterAll(async () => {
  await service.close();
  await origin.close();
});

let feeds = 0;
/** A feed with these links, in their order. @returns its address. */
function feedOf(links: readonly string[], title = 'A feed'): string {
  const items = links.map((link, index) => `<item><title>Part ${index + 1}</title><link>${link}</link></item>`);
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title>${items.join('')}</channel></rss>`;
  return origin.text(`/feed-${(feeds += 1)}.rss`, 'application/rss+xml', body);
}
const video = (name: string): string => `${origin.url}${fixturePaths.mp4}?${name}`;
const submit = (url: string, playlist: PlaylistChoice, idempotencyKey?: string): Promise<Job> =>
  service.api.createJob(
    { url, type: 'video' },
    { playlist, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
  );
async function probe(url: string): Promise<Probe> {
  const headers = { authorization: `Bearer ${service.token}` };
  const answer = await fetch(`${service.url}/api/probe?url=${encodeURIComponent(url)}`, { headers });
  return (await answer.json()) as Probe;
}
const childrenOf = async ({ id }: Job): Promise<Job[]> => {
  const headers = { authorization: `Bearer ${service.token}` };
  const answer = await fetch(`${service.url}/api/jobs?parent=${id}`, { headers });
  return ((await answer.json()) as { jobs: Job[] }).jobs;
};
const ended = (id: string): Promise<Job> =>
  until(async () => {
    const job = await service.api.getJob(id);
    return isEnded(job.state) && job;
  }, 60);
const refusal = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no problem',
    (error: unknown) => (isProblem(error) ? { code: error.code, ...error.facts } : error),
  );

test('a list with a dead video in it, as a whole: downloads the others, and says which one failed', LONG, async () => {
  const dead = `${origin.url}/deleted.mp4`;
  const parent = await submit(feedOf([video('a'), dead, video('b')]), 'all');
  expect(parent).toMatchObject({ title: 'A feed', mediaId: null, children: { total: 3 } });
  expect(await ended(parent.id)).toMatchObject({ state: 'ready', children: { ready: 2, failed: 1 } });
  const children = await childrenOf(parent);
  expect(children.map(({ url, state }) => [url, state])).toEqual([
    [video('a'), 'ready'],
    [dead, 'failed'],
    [video('b'), 'ready'],
  ]);
  expect(children[1]?.problem?.code).toBe('source-not-found');
});

test('a list, with the wish to be asked: is refused with the facts of the list, and nothing is queued', async () => {
  const feed = feedOf([video('c'), video('d')]);
  const list = { title: 'A feed', hasMore: false, one: 'first' };
  expect(await refusal(submit(feed, 'ask'))).toEqual({ code: 'playlist-choice', videos: 2, list });
  expect((await service.api.listJobs({ limit: 100 })).jobs.map(({ url }) => url)).not.toContain(feed);
});

test('a dead link, with the wish to be asked: becomes a job, which says what is wrong; with the wish for all it is refused', async () => {
  const dead = `${origin.url}/no-such-list.mp4`;
  expect(await ended((await submit(dead, 'ask')).id)).toMatchObject({
    state: 'failed',
    problem: { code: 'source-not-found' },
  });
  expect(await refusal(submit(dead, 'all'))).toMatchObject({ code: 'source-not-found' });
});

test('a list with links into the own network, with the wish to be asked: counts the videos that can be taken', async () => {
  const feed = feedOf(['http://127.0.0.1:1/a.mp4', video('l'), video('m')]);
  expect(await refusal(submit(feed, 'ask'))).toMatchObject({ code: 'playlist-choice', videos: 2 });
  const closed = feedOf(['http://127.0.0.1:1/a.mp4', 'http://127.0.0.1:1/b.mp4']);
  expect(await refusal(submit(closed, 'ask'))).toMatchObject({ code: 'source-forbidden' });
});

test.each(['ask', 'all'] as const)('one video, sent with %s: is an ordinary job', async (choice) => {
  const job = await submit(video(choice), choice);
  expect(job).toMatchObject({ children: null, parentId: null });
});

test('a probe of a list: names its videos, and describes the first', async () => {
  expect(await probe(feedOf([video('e'), video('f')]))).toMatchObject({
    title: 'Part 1',
    playlist: {
      title: 'A feed',
      entries: [{ title: 'Part 1', url: video('e') }, { title: 'Part 2' }],
      hasMore: false,
      one: 'first',
    },
  });
});

test('a probe of a list whose first video is dead: names its videos all the same', async () => {
  expect(await probe(feedOf([`${origin.url}/gone.mp4`, video('g')]))).toMatchObject({
    title: 'A feed',
    durationSeconds: null,
    playlist: { entries: [{}, {}], one: null },
  });
});

test('a longer list than MAX_PLAYLIST: its first videos are taken', async () => {
  const links = Array.from({ length: 40 }, (_, index) => video(`many-${index}`));
  const feed = feedOf(links);
  expect((await probe(feed)).playlist?.hasMore).toBe(true);
  const parent = await submit(feed, 'all');
  expect((await childrenOf(parent)).map(({ url }) => url)).toEqual(links.slice(0, MAX_PLAYLIST));
  await service.api.cancelJob(parent.id);
});

test('links into the own network among the videos: are left out, and nothing connects there', async () => {
  const parent = await submit(feedOf(['http://127.0.0.1:1/a.mp4', video('h'), video('i')]), 'all');
  expect((await childrenOf(parent)).map(({ url }) => url)).toEqual([video('h'), video('i')]);
  expect(await refusal(submit(feedOf(['http://127.0.0.1:1/a.mp4', 'http://[::1]/b.mp4']), 'all'))).toMatchObject({
    code: 'source-forbidden',
  });
});

test('the same key twice: gives the same parent, after its end too', LONG, async () => {
  const feed = feedOf([video('j'), video('k')]);
  const parent = await submit(feed, 'all', 'a key');
  await ended(parent.id);
  expect((await submit(feed, 'all', 'a key')).id).toBe(parent.id);
  expect(await refusal(submit(feed, 'one', 'a key'))).toMatchObject({ code: 'idempotency-conflict' });
});

test('a list that is followed, with its newest video: that one becomes an item of a collection', LONG, async () => {
  const list = await service.api.follow({ url: feedOf([video('n'), video('o')]), type: 'video', last: 1 });
  expect(list).toMatchObject({ title: 'A feed', state: 'active', problem: null, waiting: 0 });
  const { jobs } = await service.api.listJobs({ limit: 100 });
  const parent = jobs.find(({ url }) => url === list.url);
  expect(await ended(parent?.id ?? '')).toMatchObject({ state: 'ready', children: { ready: 1, total: 1 } });
  const [followed] = (await service.api.listFollowing()).following;
  const { collection, items } = await service.api.getCollection(followed?.collectionId ?? '');
  expect([collection.title, items.length]).toEqual(['A feed', 1]);
  expect(await refusal(service.api.follow({ url: video('p'), type: 'video' }))).toMatchObject({ code: 'not-a-list' });
  await service.api.unfollow(list.id);
  expect((await service.api.listFollowing()).following).toEqual([]);
});
