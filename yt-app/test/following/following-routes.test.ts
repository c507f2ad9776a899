import { FollowedList, type FollowRequest } from '@linkcast/contracts';
import type { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { CHANNEL, listOf, videoOf } from './following-rig.ts';

let api: ApiFixture;
let owner: Browser;
let member: Browser;
beforeEach(async () => {
  api = await startApi();
  [owner, member] = [openBrowser(api), openBrowser(api)];
  await owner.signIn({ role: 'owner', telegramId: 1002, name: 'Bert' });
  await member.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
  api.jobs.listings.set(CHANNEL, listOf(['b', 'a']));
});
afterEach(() => api.stop());

async function follow(browser: Browser, request: Partial<z.input<typeof FollowRequest>> = {}): Promise<FollowedList> {
  const answer = await browser.ask('post', '/api/following', { url: CHANNEL, type: 'video', ...request });
  expect(answer.status).toBe(201);
  return FollowedList.parse(answer.body);
}
const listed = async (browser: Browser, query = ''): Promise<FollowedList[]> =>
  ((await browser.ask('get', `/api/following${query}`)).body as { following: FollowedList[] }).following;

test('a new list: is answered with its address and what was chosen, and its videos are submitted in the name of the person', async () => {
  const chosen = {
    ...{ since: '2026-01-01', filter: { include: ['a'], exclude: [] }, keep: { last: 5, days: null } },
    ...{ schedule: { kind: 'daily', at: '06:30', timeZone: 'Europe/Madrid' } as const, quality: '720p' as const },
  };
  const list = await follow(member, { ...chosen, last: 2 });
  expect(list).toMatchObject({ ...chosen, title: 'A channel', state: 'active', visibility: 'everyone' });
  expect(api.jobs.groups).toMatchObject([
    { personId: list.personId, quality: '720p', isContinuation: true, children: [{ url: videoOf('a') }] },
  ]);
});

test('lists: each person has their own; owners see those of everyone on request', async () => {
  const own = await follow(member);
  await follow(owner);
  expect((await listed(member)).map(({ id }) => id)).toEqual([own.id]);
  expect(await listed(owner)).toHaveLength(1);
  expect(await listed(owner, '?of=everyone')).toHaveLength(2);
  expectProblem(await member.ask('get', '/api/following?of=everyone'), 'forbidden');
});

test('a list of somebody else: a member changes, checks and ends none', async () => {
  const { id } = await follow(owner);
  expectProblem(await member.ask('patch', `/api/following/${id}`, { state: 'paused' }), 'forbidden');
  expectProblem(await member.ask('post', `/api/following/${id}/check`), 'forbidden');
  expectProblem(await member.ask('delete', `/api/following/${id}`), 'forbidden');
  expectProblem(await member.ask('delete', '/api/following/unknown'), 'not-found');
});

test('a list: is renamed, paused, continued, checked and ended', async () => {
  const { id } = await follow(member);
  const change = (body: object) => member.ask('patch', `/api/following/${id}`, body);
  expect((await change({ title: 'Mine', state: 'paused' })).body).toMatchObject({ title: 'Mine', nextCheckAt: null });
  expectProblem(await member.ask('post', `/api/following/${id}/check`), 'conflict');
  expect((await change({ state: 'active' })).body).toMatchObject({ state: 'active', failures: 0 });
  api.nowMs += 60_000;
  const due = await member.ask('post', `/api/following/${id}/check`);
  expect([due.status, (due.body as FollowedList).nextCheckAt]).toEqual([202, new Date(api.nowMs).toISOString()]);
  expect((await member.ask('delete', `/api/following/${id}`)).status).toBe(204);
  expect(await listed(member)).toEqual([]);
});

test.each([
  [{ type: 'video' }, 'missing-url'],
  [{ url: 'ftp://example.com/', type: 'video' }, 'invalid-url'],
  [{ url: 'http://127.0.0.1/feed', type: 'video' }, 'source-forbidden'],
  [{ url: 'https://example.com/film', type: 'video' }, 'not-a-list'],
  [{ url: CHANNEL, type: 'video', schedule: { kind: 'every', hours: 0 } }, 'invalid-request'],
  [{ url: CHANNEL, type: 'video', schedule: { kind: 'daily', at: '25:00', timeZone: 'UTC' } }, 'invalid-request'],
  [{ url: CHANNEL, type: 'video', schedule: { kind: 'daily', at: '05:00', timeZone: 'Moon/Base' } }, 'invalid-request'],
  [{ url: CHANNEL, type: 'video', filter: { include: ['x'.repeat(101)], exclude: [] } }, 'invalid-request'],
  [{ url: CHANNEL, type: 'video', since: 'yesterday' }, 'invalid-request'],
] as const)('%o: is refused with %s', async (body, code) => {
  expectProblem(await member.ask('post', '/api/following', body), code);
  expect(await listed(member)).toEqual([]);
});

test('a person who is removed: their lists end with them', async () => {
  const { personId } = await follow(member);
  expect((await owner.ask('delete', `/api/people/${personId}`)).status).toBeLessThan(300);
  expect(await listed(owner, '?of=everyone')).toEqual([]);
});
