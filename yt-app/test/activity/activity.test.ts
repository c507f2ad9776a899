import { ActivityList, NewInvitation, NewPersonalKey, NewShare, SessionList, type Activity } from '@linkcast/contracts';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { API_TOKEN, ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, COLLECTION, mediaId, putCollection } from '../fixtures/library-items.ts';

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let anna: Browser;
  let bert: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [anna, bert] = [openBrowser(api), openBrowser(api)];
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    await bert.signIn({ role: 'owner', telegramId: 1002, name: 'Bert' });
  });
  afterEach(() => api.stop());

  const idOf = async (telegramId: number): Promise<string> =>
    (await api.access.people.byTelegram(telegramId))?.id ?? '';
  const read = async (query = ''): Promise<ActivityList> =>
    ActivityList.parse((await bert.ask('get', `/api/activity${query}`)).body);
  const newest = async (): Promise<Activity> => {
    const [entry] = (await read()).activity;
    if (!entry) throw new Error('no entry');
    return entry;
  };
  /** An item with a directory, of a person. */
  const addItem = async (number: number, personId: string, title: string): Promise<string> => {
    const id = mediaId(number);
    await api.store.save(audioItem(number, { personId, title }));
    await mkdir(path.join(api.mediaDir, id));
    return id;
  };

  describe('who did what', () => {
    test('signing in: names the person and the device', async () => {
      expect(await newest()).toMatchObject({
        kind: 'signed-in',
        person: { name: 'Bert' },
        subject: null,
        sentence: 'Signed in: Firefox on Linux',
      });
    });

    test('signing out: names the device, and the person whose session another one has ended', async () => {
      const other = openBrowser(api);
      await other.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
      const { sessions } = SessionList.parse((await bert.ask('get', '/api/sessions')).body);
      const ofAnna = sessions.find(({ name }) => name === 'Anna');
      await bert.ask('delete', `/api/sessions/${ofAnna?.id ?? ''}`);
      expect(await newest()).toMatchObject({
        ...{ kind: 'signed-out', person: { name: 'Bert' }, subject: { name: 'Anna' } },
        sentence: 'Signed out a device of Anna: Firefox on Linux',
      });
      await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
      await anna.ask('delete', '/api/session');
      expect(await newest()).toMatchObject({
        ...{ kind: 'signed-out', person: { name: 'Anna' }, subject: null },
        sentence: 'Signed out: Firefox on Linux',
      });
      await anna.ask('delete', '/api/session'); // it has none any more
      expect((await read('?kind=signed-out')).activity).toHaveLength(2);
      await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
      await anna.ask('delete', '/api/sessions');
      expect(await newest()).toMatchObject({
        ...{ kind: 'signed-out-everywhere', person: { name: 'Anna' } },
        sentence: expect.stringMatching(/^Signed out everywhere: \d devices?$/) as string,
      });
    });

    test('signing in as somebody else in the same browser: signs the one before out', async () => {
      await anna.signIn({ role: 'member', telegramId: 1003, name: 'Cleo' });
      const [signedIn, signedOut] = (await read()).activity;
      expect(signedIn).toMatchObject({ kind: 'signed-in', person: { name: 'Cleo' } });
      expect(signedOut).toMatchObject({ kind: 'signed-out', person: { name: 'Anna' }, subject: null });
      await anna.signIn({ role: 'member', telegramId: 1003, name: 'Cleo' });
      expect((await read('?kind=signed-out')).activity).toHaveLength(1);
    });

    test('a rule of deletion: has its days, and the person it is for', async () => {
      const none = { watchedDays: null, unwatchedDays: null, keepLast: null };
      const change = (scope: object, rule: object | null) => bert.ask('patch', '/api/storage/rules', { scope, rule });
      await change({ kind: 'installation' }, { ...none, watchedDays: 30, keepLast: 5 });
      expect(await newest()).toMatchObject({
        ...{ kind: 'rule-changed', person: { name: 'Bert' }, subject: null },
        sentence: 'Changed the rule of the library: watched ones go after 30 days, the newest 5 of each person stay',
      });
      const scope = { kind: 'person', id: await idOf(1001) };
      await change(scope, none);
      expect(await newest()).toMatchObject({
        ...{ kind: 'rule-changed', subject: { name: 'Anna' } },
        sentence: 'Changed the rule of Anna: everything stays',
      });
      await change(scope, null);
      await change(scope, null); // it has none any more
      const removed = (await read('?kind=rule-removed')).activity.map(({ sentence }) => sentence);
      expect(removed).toEqual(['Removed the rule of Anna']);
    });

    test('a rule of a collection: has its days, and not the title', async () => {
      await putCollection(api, { title: 'Secret' }, [audioItem(1)]);
      const scope = { kind: 'collection', id: COLLECTION };
      const rule = { watchedDays: null, unwatchedDays: null, keepLast: 5 };
      await bert.ask('patch', '/api/storage/rules', { scope, rule });
      expect((await newest()).sentence).toBe('Changed the rule of a collection: the newest 5 stay');
      await bert.ask('patch', '/api/storage/rules', { scope, rule: null });
      expect((await newest()).sentence).toBe('Removed the rule of a collection');
    });

    test('an invitation, and joining by it: name both', async () => {
      const answer = await bert.ask('post', '/api/invitations', { role: 'member' });
      const { code } = NewInvitation.parse(answer.body);
      expect(await newest()).toMatchObject({ kind: 'invited', person: { name: 'Bert' } });
      await openBrowser(api).ask('post', '/api/invitations/accept', { code, name: 'Cleo' });
      const entries = (await read()).activity;
      expect(entries.find(({ kind }) => kind === 'joined')).toMatchObject({
        person: { name: 'Cleo' },
        sentence: 'Joined as member',
      });
      expect(JSON.stringify(entries)).not.toContain(code);
    });

    test('a role, limits, a removal: name the person to whom it was done, also when they were removed', async () => {
      const id = await idOf(1001);
      await bert.ask('patch', `/api/people/${id}`, { role: 'owner' });
      expect(await newest()).toMatchObject({ kind: 'role-changed', sentence: 'New role of Anna: owner' });
      await bert.ask('patch', `/api/people/${id}`, { role: 'member' });
      await bert.ask('patch', `/api/people/${id}`, { limits: { openJobs: 3 } });
      expect(await newest()).toMatchObject({ kind: 'limits-changed', person: { name: 'Bert' }, subject: { id } });
      await bert.ask('patch', '/api/limits', { openJobs: 5 });
      expect(await newest()).toMatchObject({ kind: 'default-limits-changed', person: { name: 'Bert' } });
      await bert.ask('delete', `/api/people/${id}`);
      expect(await newest()).toMatchObject({ kind: 'removed', person: { name: 'Bert' }, sentence: 'Removed Anna' });
      const { activity } = await read(`?person=${id}`);
      expect(activity.find(({ kind }) => kind === 'signed-in')).toMatchObject({ person: { name: 'Anna' } });
    });

    test('a key and a share, made and revoked: have no secret', async () => {
      const made = NewPersonalKey.parse((await anna.ask('post', '/api/keys', { name: 'phone', scopes: ['add'] })).body);
      await anna.ask('delete', `/api/keys/${made.id}`);
      const share = NewShare.parse((await anna.ask('post', '/api/station/shares', {})).body);
      await anna.ask('delete', `/api/shares/${share.id}`);
      const { activity } = await read(`?person=${await idOf(1001)}`);
      const kinds = activity.map(({ kind }) => kind).toReversed();
      expect(kinds).toEqual(['signed-in', 'key-made', 'key-revoked', 'station-shared', 'share-revoked']);
      const token = share.links.page.split('/')[2] ?? '';
      expect(token).not.toBe('');
      for (const secret of [made.key, token, API_TOKEN]) expect(JSON.stringify(activity)).not.toContain(secret);
    });

    test("the owner's API token: acts as the owner at the console", async () => {
      await ask(api).patch('/api/limits').send({ openJobs: 2 });
      const { id } = await api.access.people.atConsole();
      expect(await newest()).toMatchObject({ kind: 'default-limits-changed', person: { id } });
    });
  });

  describe('items', () => {
    test('deleted, restored and deleted for good: have their title', async () => {
      const id = await addItem(1, await idOf(1001), 'A song');
      await anna.ask('delete', `/api/media/${id}`);
      await bert.ask('post', `/api/trash/${id}/restore`);
      await anna.ask('delete', `/api/media/${id}`);
      await anna.ask('delete', `/api/trash/${id}`);
      const entries = (await read('?limit=4')).activity.toReversed();
      expect(entries.map(({ kind, person }) => [kind, person?.name])).toEqual([
        ['item-deleted', 'Anna'],
        ['item-restored', 'Bert'],
        ['item-deleted', 'Anna'],
        ['item-purged', 'Anna'],
      ]);
      expect(entries.at(-1)).toMatchObject({ mediaId: id, sentence: 'Deleted for good: A song' });
    });

    test('renamed: have both titles, unless they are private or the title is the same', async () => {
      const id = await addItem(1, await idOf(1001), 'A song');
      const rename = (title: string) => anna.ask('patch', `/api/media/${id}`, { title });
      await rename('A better song');
      await rename('A better song');
      const { activity } = await read('?kind=item-renamed');
      expect(activity.map(({ sentence }) => sentence)).toEqual(['Renamed: A song → A better song']);
      expect(activity[0]).toMatchObject({ person: { name: 'Anna' }, mediaId: id });
      await anna.ask('patch', `/api/media/${id}`, { visibility: 'mine' });
      await rename('canary-title');
      const later = JSON.stringify((await read()).activity);
      expect(later).toContain('Renamed a private item');
      expect(later).not.toMatch(/canary|song/);
    });

    test('that become private: lose their title in earlier entries, too, and do not get it back', async () => {
      const id = await addItem(1, await idOf(1001), 'canary-title');
      await anna.ask('post', `/api/media/${id}/shares`, {});
      expect(await newest()).toMatchObject({ sentence: 'Shared canary-title' });
      await anna.ask('patch', `/api/media/${id}`, { visibility: 'mine' });
      await anna.ask('delete', `/api/media/${id}`);
      const answer = await bert.ask('get', '/api/activity');
      expect(answer.text).not.toContain('canary');
      expect(ActivityList.parse(answer.body).activity[0]).toMatchObject({
        sentence: 'Moved to the trash: a private item',
      });
    });

    test('changed by two people at once, one change waiting for the other: each entry names its person', async () => {
      const ids = await Promise.all(
        [1, 2, 3, 4].map(async (number) => addItem(number, await idOf(1001), `Song ${number}`)),
      );
      await Promise.all(ids.map((id, index) => (index % 2 ? bert : anna).ask('delete', `/api/media/${id}`)));
      const deleted = (await read('?kind=item-deleted')).activity;
      const byItem = new Map(deleted.map(({ mediaId: id, person }) => [id, person?.name]));
      expect(ids.map((id) => byItem.get(id))).toEqual(['Anna', 'Bert', 'Anna', 'Bert']);
    });

    test('whose time in the trash is over: are deleted by nobody, without an entry', async () => {
      const id = await addItem(1, await idOf(1001), 'A song');
      await api.store.setDeleted(id, 1);
      const before = (await read()).activity.length;
      await api.store.remove(id);
      expect((await read()).activity).toHaveLength(before);
    });
  });

  describe('GET /api/activity', () => {
    test('for members, their keys, keys of owners without the scope, and nobody: is refused', async () => {
      expectProblem(await anna.ask('get', '/api/activity'), 'forbidden');
      const { key } = await api.access.keys.create({ personId: await idOf(1002), name: 'k', scopes: ['watch', 'add'] });
      expectProblem(await ask(api, key).get('/api/activity'), 'forbidden');
      expectProblem(await openBrowser(api).ask('get', '/api/activity'), 'unauthorized');
    });

    test('by pages: has each entry once, the newest first', async () => {
      for (let count = 1; count <= 5; count += 1) await bert.ask('patch', '/api/limits', { openJobs: count });
      const ids: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: ActivityList = await read(`?limit=2${cursor && `&cursor=${cursor}`}`);
        ids.push(...page.activity.map(({ id }) => Number(id)));
        cursor = page.nextCursor;
      }
      expect(ids).toEqual(ids.toSorted((one, other) => other - one));
      expect(new Set(ids).size).toBe((await read('?limit=100')).activity.length);
    });

    test.each(['cursor=nonsense', 'cursor=WyJ0cmFzaCIsMV0', 'kind=nonsense', 'limit=1000'])(
      'with %s: is refused',
      async (query) => {
        expectProblem(await bert.ask('get', `/api/activity?${query}`), 'invalid-request');
      },
    );

    test('in Russian: has its sentences in it', async () => {
      const answer = await bert.ask('get', '/api/activity', undefined, { 'accept-language': 'ru' });
      expect(ActivityList.parse(answer.body).activity[0]?.sentence).toBe('Вход: Firefox on Linux');
    });
  });

  test('a person who comes in by the settings: joins, and is promoted once', async () => {
    const settings = { allowedUsers: [2001], owners: [1001] };
    await api.access.inviteBySettings(settings);
    await api.access.inviteBySettings(settings);
    const kinds = (await read()).activity.slice(0, 2).map(({ kind, person }) => [kind, person?.id ?? null]);
    expect(kinds).toEqual([
      ['joined', await idOf(2001)],
      ['role-changed', null],
    ]);
  });

  test('a change that is undone: leaves no entry', async () => {
    const before = (await read()).activity.length;
    const { id } = await aPerson(api.access, { role: 'member', telegramId: 1003, name: 'Dora' });
    await expect(
      api.database.transaction(async () => {
        await api.access.peopleService.remove(id);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await read()).activity).toHaveLength(before);
  });
});
