import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  FollowRequest,
  ownedActions,
  ownerships,
  permissions,
  type OwnedAction,
  type Ownership,
} from '@linkcast/contracts';
import type { Response } from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, COLLECTION, mediaId, putCollection } from '../fixtures/library-items.ts';

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;
const CARL = { role: 'member', telegramId: 1003, name: 'Carl' } as const;
const ITEM = mediaId(1);

let api: ApiFixture;
let browsers: Readonly<Record<'owner' | 'member', Browser>>;
beforeEach(async () => {
  api = await startApi();
  browsers = { owner: openBrowser(api), member: openBrowser(api) };
  await browsers.owner.signIn(BERT);
  await browsers.member.signIn(ANNA);
});
afterEach(() => api.stop());

/** The person of the thing that somebody in this role acts on. */
async function personOf(ownership: Ownership, role: 'owner' | 'member'): Promise<string | null> {
  if (ownership === 'nobody') return null;
  const own = role === 'owner' ? BERT : ANNA;
  return (await aPerson(api.access, ownership === 'own' ? own : CARL)).id;
}

async function aJob(personId: string | null, state: 'queued' | 'failed') {
  api.jobs.onSubmit = { state };
  return api.jobs.submit({ url: 'https://example.com/', type: 'video' }, { caller: 'x', personId });
}

/** A list that a person follows. @returns its id */
async function followedBy(personId: string): Promise<string> {
  const url = 'https://example.com/channel';
  api.jobs.listings.set(url, { title: 'A channel', entries: [], hasMore: false });
  const follower = { personId, caller: 'x', visibility: null, signal: new AbortController().signal };
  return (await api.following.follow(FollowRequest.parse({ url, type: 'video' }), follower)).id;
}

/** Makes the thing of an action, and the request that acts on it. */
const actions: Record<OwnedAction, (personId: string | null, browser: Browser) => Promise<Response>> = {
  'cancel-job': async (personId, browser) => browser.ask('delete', `/api/jobs/${(await aJob(personId, 'queued')).id}`),
  'retry-job': async (personId, browser) =>
    browser.ask('post', `/api/jobs/${(await aJob(personId, 'failed')).id}/retry`),
  'rename-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    await mkdir(path.join(api.mediaDir, ITEM)); // for media.json
    return browser.ask('patch', `/api/media/${ITEM}`, { title: 'New' });
  },
  'delete-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    return browser.ask('delete', `/api/media/${ITEM}`);
  },
  'keep-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    await mkdir(path.join(api.mediaDir, ITEM)); // for media.json
    return browser.ask('patch', `/api/media/${ITEM}`, { isKept: true });
  },
  'fetch-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    return browser.ask('post', `/api/media/${ITEM}/fetch`, {});
  },
  'restore-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId, deletedAt: 1 }));
    await mkdir(path.join(api.mediaDir, ITEM)); // its files
    return browser.ask('post', `/api/trash/${ITEM}/restore`);
  },
  'change-visibility': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    await mkdir(path.join(api.mediaDir, ITEM)); // for media.json
    return browser.ask('patch', `/api/media/${ITEM}`, { visibility: 'mine' });
  },
  'see-private': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId, visibility: 'mine' }));
    return browser.ask('get', `/api/media/${ITEM}`);
  },
  'share-item': async (personId, browser) => {
    await api.store.save(audioItem(1, { personId }));
    return browser.ask('post', `/api/media/${ITEM}/shares`, {});
  },
  'revoke-share': async (personId, browser) => {
    const { share } = await api.access.shares.create({ mediaId: null, personId }, 900);
    return browser.ask('delete', `/api/shares/${share.id}`);
  },
  'change-collection': async (personId, browser) => {
    await putCollection(api, { personId }, [audioItem(1)]);
    return browser.ask('patch', `/api/collections/${COLLECTION}`, { title: 'New', visibility: 'mine' });
  },
  'delete-collection': async (personId, browser) => {
    await putCollection(api, { personId }, [audioItem(1)]);
    return browser.ask('delete', `/api/collections/${COLLECTION}`);
  },
  'change-following': async (personId, browser) =>
    browser.ask('patch', `/api/following/${await followedBy(personId ?? 'nobody')}`, { state: 'paused' }),
};

/** Private items and the trash of others do not exist for a member. */
const isHidden = (action: OwnedAction): boolean => action === 'see-private' || action === 'restore-item';

const cells = ownedActions.flatMap((action) =>
  ownerships.flatMap((ownership) => (['owner', 'member'] as const).map((role) => [action, ownership, role] as const)),
);

test.each(cells)(
  '%s on what is of %s, by a person in the role %s: is as the table says',
  async (action, ownership, role) => {
    const answer = await actions[action](await personOf(ownership, role), browsers[role]);
    const roles: readonly string[] = permissions[action][ownership];
    if (roles.includes(role)) expect([200, 201, 202, 204]).toContain(answer.status);
    else expectProblem(answer, isHidden(action) ? 'not-found' : 'forbidden');
  },
);

test('the table: lets members change what is theirs only, and owners everything; all may end a share of nobody', () => {
  for (const action of ownedActions) {
    const nobody = action === 'revoke-share' ? ['owner', 'member'] : ['owner'];
    expect(permissions[action]).toEqual({ own: ['owner', 'member'], other: ['owner'], nobody });
  }
});

describe('a job', () => {
  const job = { url: 'https://example.com/', type: 'video' };

  test('submitted by a person: has them as its requester, whoever the body names', async () => {
    const { id } = await aPerson(api.access, ANNA);
    expect((await browsers.member.ask('post', '/api/jobs', job)).body).toMatchObject({ requesterId: id });
    expectProblem(await browsers.member.ask('post', '/api/jobs', { ...job, requesterId: id }), 'invalid-request');
  });

  test('submitted by a person who prefers to keep things private: is private', async () => {
    await browsers.member.ask('patch', '/api/me', { preferences: { visibility: 'mine' } });
    expect((await browsers.member.ask('post', '/api/jobs', job)).body).toMatchObject({ visibility: 'mine' });
    const open = { ...job, visibility: 'everyone' };
    expect((await browsers.member.ask('post', '/api/jobs', open)).body).toMatchObject({ visibility: 'everyone' });
  });

  test('submitted with the API token: is of the owner at the console', async () => {
    const { id } = await api.access.people.atConsole();
    expect((await ask(api).post('/api/jobs').send(job)).body).toMatchObject({ requesterId: id });
  });
});

test.each(ownerships.flatMap((ownership) => (['owner', 'member'] as const).map((role) => [ownership, role] as const)))(
  'a private collection of %s, read by a person in the role %s: is as the table says of what is private',
  async (ownership, role) => {
    const personId = await personOf(ownership, role);
    await putCollection(api, { personId, visibility: 'mine' }, [audioItem(1)]);
    const answer = await browsers[role].ask('get', `/api/collections/${COLLECTION}`);
    const roles: readonly string[] = permissions['see-private'][ownership];
    if (roles.includes(role)) expect(answer.status).toBe(200);
    else expectProblem(answer, 'not-found');
  },
);

test('a share of an own item, made by somebody else: can be revoked by the person of the item', async () => {
  const { id } = await aPerson(api.access, ANNA);
  const bert = await aPerson(api.access, BERT);
  await api.store.save(audioItem(1, { personId: id }));
  const { share } = await api.access.shares.create({ mediaId: ITEM, personId: bert.id }, 900);
  expect((await browsers.member.ask('delete', `/api/shares/${share.id}`)).status).toBe(204);
});

test('a share that has expired: is not found, for its maker too', async () => {
  const { id } = await aPerson(api.access, ANNA);
  const { share } = await api.access.shares.create({ mediaId: null, personId: id }, 60);
  api.nowMs += 60_001;
  expectProblem(await browsers.member.ask('delete', `/api/shares/${share.id}`), 'not-found');
});

test.each([
  ['own', 202],
  ['other', 403],
] as const)('a member who stops a recording of %s: is answered %i', async (ownership, status) => {
  const personId = await personOf(ownership, 'member');
  const live = { since: new Date().toISOString(), isStopping: false };
  api.jobs.onSubmit = { state: 'downloading', live };
  const request = { url: 'https://example.com/', type: 'video' } as const;
  const { id } = await api.jobs.submit(request, { caller: 'x', personId });
  expect((await browsers.member.ask('post', `/api/jobs/${id}/stop`)).status).toBe(status);
  expect((await api.jobs.get(id))?.live?.isStopping).toBe(status === 202);
});
