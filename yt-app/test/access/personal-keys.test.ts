import {
  endpoints,
  NewInvitation,
  NewPersonalKey,
  PERSONAL_KEY,
  SessionList,
  type Endpoint,
} from '@linkcast/contracts';
import { sql } from 'kysely';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

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

  const make = async (browser: Browser, ...scopes: string[]): Promise<NewPersonalKey> =>
    NewPersonalKey.parse((await browser.ask('post', '/api/keys', { name: 'phone', scopes })).body);
  const job = { url: 'https://example.com/', type: 'video' };

  describe('a personal key', () => {
    test('with the scope add: adds for its person, and may not watch or manage', async () => {
      const { key } = await make(anna, 'add');
      expect(key).toMatch(PERSONAL_KEY);
      expect((await ask(api, key).post('/api/jobs').send(job)).status).toBe(202);
      expectProblem(await ask(api, key).get('/api/media'), 'forbidden');
      expectProblem(await ask(api, key).get('/api/health'), 'forbidden');
    });

    test('of a member with the scope manage: may not manage', async () => {
      const { key } = await make(anna, 'watch', 'manage');
      expect((await ask(api, key).get('/api/session')).body).toMatchObject({ rights: ['watch'], name: 'Anna' });
      expectProblem(await ask(api, key).get('/api/people'), 'forbidden');
    });

    test('of an owner who becomes a member: may no longer manage', async () => {
      await anna.ask('get', '/api/me');
      const { key } = await make(bert, 'manage');
      expect((await ask(api, key).get('/api/health')).status).toBe(200);
      const bertId = (await api.access.people.byTelegram(1002))?.id ?? '';
      await api.access.people.update(bertId, { role: 'member' });
      expectProblem(await ask(api, key).get('/api/health'), 'forbidden');
    });

    test('with all scopes, of an owner: is refused by every call that needs the person', async () => {
      const { key } = await make(bert, 'watch', 'add', 'manage');
      const table: Endpoint[] = Object.values(endpoints);
      const inPerson = table.filter((endpoint) => endpoint.inPerson);
      expect(inPerson.length).toBeGreaterThan(5);
      for (const { method, path } of inPerson)
        expectProblem(await ask(api, key)[method](path.replace(':id', 'x')), 'forbidden');
    });

    test('without the scope add: sees items without source and job', async () => {
      await api.store.save(audioItem(1, { jobId: 'job-1' }));
      const { key } = await make(anna, 'watch');
      const hidden = { sourceUrl: null, jobId: null };
      expect((await ask(api, key).get(`/api/media/${mediaId(1)}`)).body).toMatchObject(hidden);
      expect((await ask(api, key).get('/api/media')).body).toMatchObject({ media: [hidden] });
    });

    test('of an owner with the scope watch: lists only their own sessions', async () => {
      const { key } = await make(bert, 'watch');
      const answer = await ask(api, key).get('/api/sessions');
      expect(SessionList.parse(answer.body).sessions.map(({ name }) => name)).toEqual(['Bert']);
    });

    test('with an invitation for an owner: neither promotes its person nor opens a session', async () => {
      const { key } = await make(anna, 'watch', 'add', 'manage');
      const { code } = NewInvitation.parse((await bert.ask('post', '/api/invitations', { role: 'owner' })).body);
      const origin = { host: 'home.test', origin: 'http://home.test' };
      const answer = await ask(api, key).post('/api/invitations/accept').set(origin).send({ code, name: 'x' });
      expectProblem(answer, 'forbidden');
      expect(answer.get('set-cookie')).toBeUndefined();
      expect(await api.access.people.byTelegram(1001)).toMatchObject({ role: 'member' });
    });

    test('revoked: is refused; a key of somebody else cannot be revoked', async () => {
      const { key, id } = await make(anna, 'watch');
      expectProblem(await bert.ask('delete', `/api/keys/${id}`), 'not-found');
      expect((await ask(api, key).get('/api/media')).status).toBe(200);
      expect((await anna.ask('delete', `/api/keys/${id}`)).status).toBe(204);
      expectProblem(await ask(api, key).get('/api/media'), 'unauthorized');
    });

    test('of a removed person: is refused, also after they come back', async () => {
      const { key } = await make(anna, 'watch');
      const annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
      await api.access.peopleService.remove(annaId);
      expectProblem(await ask(api, key).get('/api/media'), 'unauthorized');
      await api.access.people.add({ role: 'member', telegramId: 1001, name: 'Anna', invitedBy: null });
      expectProblem(await ask(api, key).get('/api/media'), 'unauthorized');
    });

    test('altered, cut or in a cookie: is refused', async () => {
      const { key } = await make(anna, 'watch');
      for (const bad of [key.slice(0, -1), `${key}A`, key.toUpperCase(), key.slice(4), `lck_${'A'.repeat(43)}`])
        expectProblem(await ask(api, bad).get('/api/media'), 'unauthorized');
      expectProblem(await request(api.server).get('/api/media').set('cookie', `linkcast=${key}`), 'unauthorized');
    });

    test('in use: has the time of its last use, written once a minute', async () => {
      const { key } = await make(anna, 'watch');
      const usedAt = async () =>
        ((await anna.ask('get', '/api/keys')).body as { keys: { usedAt: string | null }[] }).keys[0]?.usedAt;
      expect(await usedAt()).toBeNull();
      await ask(api, key).get('/api/media');
      const first = await usedAt();
      expect(first).toBe(new Date(api.nowMs).toISOString());
      api.nowMs += 30_000;
      await ask(api, key).get('/api/media');
      expect(await usedAt()).toBe(first);
    });

    test('and its digest: are not both stored, and the key is not logged', async () => {
      const { key } = await make(anna, 'watch');
      await ask(api, key).get('/api/media');
      const { rows } = await sql`SELECT * FROM personal_keys`.execute(api.database.tables());
      expect(rows).toHaveLength(1);
      expect(JSON.stringify([rows, api.logged])).not.toContain(key);
    });
  });

  test.each([
    {},
    { name: 'x' },
    { name: '', scopes: ['add'] },
    { name: 'x', scopes: [] },
    { name: 'x', scopes: ['all'] },
  ])('a request %j for a key: is refused', async (body) => {
    expectProblem(await anna.ask('post', '/api/keys', body), 'invalid-request');
  });

  test('the fifty-first key of a person: is refused; others can still make keys', async () => {
    for (let number = 0; number < 50; number += 1) await make(anna, 'watch');
    expectProblem(await anna.ask('post', '/api/keys', { name: 'x', scopes: ['watch'] }), 'conflict');
    await make(bert, 'watch');
  });
});
