import {
  createApiClient,
  isProblem,
  NewPersonalKey,
  noPreferences,
  SignInCode,
  telegramUserHeader,
  type ApiClient,
  type Me,
} from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

eachDatabase((openDatabase) => {
  const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
  const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;

  let api: ApiFixture;
  let anna: Browser;
  let bert: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [anna, bert] = [openBrowser(api), openBrowser(api)];
    await anna.signIn(ANNA);
    await bert.signIn(BERT);
  });
  afterEach(() => api.stop());

  const idOf = async (telegramId: number) => (await api.access.people.byTelegram(telegramId))?.id ?? '';
  const countOf = async (table: string, personId: string) => {
    const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} WHERE person_id = ${personId}`.execute(
      api.database.tables(),
    );
    return rows.length;
  };
  const botFor = (telegramId: number): ApiClient =>
    createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId });
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: unknown) => (isProblem(error) ? error.code : 'failed'),
    );

  describe('preferences', () => {
    const preferencesOf = async (browser: Browser) => ((await browser.ask('get', '/api/me')).body as Me).preferences;

    test('of a person who has chosen nothing: are the defaults', async () => {
      expect(await preferencesOf(anna)).toEqual(noPreferences);
      expect((await anna.ask('get', '/api/session')).body).toMatchObject({ preferences: noPreferences });
    });

    test('that change: leave the others as they are, and are on every device of the person only', async () => {
      await anna.ask('patch', '/api/me', { preferences: { type: 'audio', playbackRate: 1.5 } });
      const answer = await anna.ask('patch', '/api/me', { preferences: { type: null, visibility: 'mine' } });
      const changed = { ...noPreferences, playbackRate: 1.5, visibility: 'mine' };
      expect(answer.body).toMatchObject({ name: 'Anna', preferences: changed });
      expect((await anna.ask('get', '/api/session')).body).toMatchObject({ preferences: changed });
      expect(await preferencesOf(bert)).toEqual(noPreferences);
    });

    test('changed on two devices at once: are both there', async () => {
      await Promise.all([
        anna.ask('patch', '/api/me', { preferences: { quality: '720p' } }),
        anna.ask('patch', '/api/me', { preferences: { playbackRate: 2 } }),
      ]);
      expect(await preferencesOf(anna)).toEqual({ ...noPreferences, quality: '720p', playbackRate: 2 });
    });

    test.each([
      { theme: 'dark' },
      { type: 'film' },
      { quality: '8k' },
      { playbackRate: 0 },
      { playbackRate: 16 },
      { playbackRate: '2' },
      { visibility: 'nobody' },
      { type: 'audio', personId: 'x' },
    ])('%j: are refused', async (preferences) => {
      expectProblem(await anna.ask('patch', '/api/me', { preferences }), 'invalid-request');
      expect(await preferencesOf(anna)).toEqual(noPreferences);
    });

    test('stored by another version: count as none, and the person still comes in', async () => {
      const stored = JSON.stringify({ ...noPreferences, theme: 'dark' });
      await sql`UPDATE people SET preferences = ${stored} WHERE telegram_id = 1001`.execute(api.database.tables());
      expect(await preferencesOf(anna)).toEqual(noPreferences);
    });

    test('of a removed person: are not there when they come back; nobody else sees them', async () => {
      await anna.ask('patch', '/api/me', { preferences: { type: 'audio' } });
      expect(JSON.stringify((await bert.ask('get', '/api/people')).body)).not.toContain('preferences');
      await api.access.peopleService.remove(await idOf(1001));
      await anna.signIn(ANNA);
      expect(await preferencesOf(anna)).toEqual(noPreferences);
    });
  });

  describe('the bot', () => {
    test('for a member: has the rights of that member, and is that person', async () => {
      expect(await botFor(1001).getMe()).toMatchObject({ id: await idOf(1001), name: 'Anna', role: 'member' });
      expect(await codeOf(botFor(1001).health())).toBe('forbidden');
      expect(await codeOf(botFor(1002).health())).toBe('accepted');
      expect(await codeOf(botFor(1001).createJob({ url: 'https://example.com/', type: 'video' }))).toBe('accepted');
    });

    test('for somebody who is not in, or was removed: is answered not-invited', async () => {
      expect(await codeOf(botFor(999).getMe())).toBe('not-invited');
      await api.access.peopleService.remove(await idOf(1001));
      expect(await codeOf(botFor(1001).getMe())).toBe('not-invited');
      expect(await codeOf(botFor(1001).listMedia())).toBe('not-invited');
    });

    test.each(['', '0', '-1', '1e3', '1001, 1002', 'abc', '9'.repeat(17)])(
      'with the header %j: is answered not-invited',
      async (value) => {
        const answer = await ask(api, testKeys.bot).get('/api/me').set(telegramUserHeader, value);
        expectProblem(answer, 'not-invited');
      },
    );

    test('for nobody: may not add', async () => {
      const body = { url: 'https://example.com/', type: 'video' };
      expectProblem(await ask(api, testKeys.bot).post('/api/jobs').send(body), 'forbidden');
    });
  });

  test('the header without the key of the bot: changes nothing', async () => {
    const forged = { [telegramUserHeader]: '1002' };
    expect((await anna.ask('get', '/api/me', undefined, forged)).body).toMatchObject({ name: 'Anna' });
    expectProblem(await openBrowser(api).ask('get', '/api/me', undefined, forged), 'unauthorized');
    const withOwnerKey = await ask(api).get('/api/me').set(forged);
    expect(withOwnerKey.body).toMatchObject({ isConsole: true });
  });

  test("a person's own name and language: can be changed, and nothing else", async () => {
    const changed = await anna.ask('patch', '/api/me', { name: 'Anne', language: 'es' });
    expect(changed.body).toMatchObject({ name: 'Anne', language: 'es', role: 'member' });
    expect((await anna.ask('patch', '/api/me', { language: null })).body).toMatchObject({ language: null });
    for (const body of [{ role: 'owner' }, { id: await idOf(1002) }, { language: 'tlh' }, { name: '' }])
      expectProblem(await anna.ask('patch', '/api/me', body), 'invalid-request');
    expect(await api.access.people.get(await idOf(1001))).toMatchObject({ role: 'member', name: 'Anne' });
  });

  describe('the list of people', () => {
    test('requested by an owner: has everybody; by a member: is refused', async () => {
      expect((await bert.ask('get', '/api/people')).body).toMatchObject({
        people: [{ isConsole: true }, { name: 'Anna', telegramId: 1001 }, { name: 'Bert', role: 'owner' }],
      });
      expectProblem(await anna.ask('get', '/api/people'), 'forbidden');
    });

    test('a removed person: is not in it', async () => {
      expect((await bert.ask('delete', `/api/people/${await idOf(1001)}`)).status).toBe(204);
      expect((await bert.ask('get', '/api/people')).body).toMatchObject({
        people: [{ isConsole: true }, { name: 'Bert' }],
      });
    });
  });

  describe('a removed person', () => {
    test('with sessions, codes and shares: loses them at once; others keep theirs', async () => {
      const id = await idOf(1001);
      const { code } = await api.access.codes.create(id, 900);
      const own = await api.access.shares.create({ mediaId: null, personId: id }, 900);
      const other = await api.access.shares.create({ mediaId: null, personId: await idOf(1002) }, 900);
      await bert.ask('delete', `/api/people/${id}`);
      expectProblem(await anna.ask('get', '/api/media'), 'unauthorized');
      expectProblem(await openBrowser(api).ask('post', '/api/session', { code }), 'sign-in-refused');
      expect(await api.access.shares.find(own.token)).toBeUndefined();
      expect(await api.access.shares.find(other.token)).toBeDefined();
      expect((await bert.ask('get', '/api/media')).status).toBe(200);
    });

    test('who is removed again, or renamed: is not found', async () => {
      const id = await idOf(1001);
      await bert.ask('delete', `/api/people/${id}`);
      expectProblem(await bert.ask('delete', `/api/people/${id}`), 'not-found');
      expectProblem(await bert.ask('patch', `/api/people/${id}`, { role: 'owner' }), 'not-found');
    });

    test('while they sign in: gets no session', async () => {
      const id = await idOf(1001);
      const codes = await Promise.all(Array.from({ length: 10 }, () => api.access.codes.create(id, 900)));
      const signIns = codes.map(({ code }) => openBrowser(api).ask('post', '/api/session', { code }));
      await Promise.all([...signIns, api.access.peopleService.remove(id)]);
      expect(await api.access.sessions.list(id)).toEqual([]);
    });
  });

  test('a person removed while they share, make keys and codes: leaves none', async () => {
    const id = await idOf(1001);
    const calls = Array.from({ length: 5 }, () => [
      anna.ask('post', '/api/station/shares', {}),
      anna.ask('post', '/api/keys', { name: 'x', scopes: ['watch'] }),
      anna.ask('post', '/api/sign-in-codes', {}),
    ]);
    await Promise.all([...calls.flat(), api.access.peopleService.remove(id)]);
    for (const table of ['shares', 'personal_keys', 'sign_in_codes', 'sessions'])
      expect([table, await countOf(table, id)]).toEqual([table, 0]);
  });

  test('a person on the site, by a session or a key: is seen, to about an hour', async () => {
    const seenAt = async () => (await api.access.people.get(await idOf(1001)))?.seenAt;
    api.nowMs += 2 * 3_600_000;
    await anna.ask('get', '/api/media');
    expect(await seenAt()).toBe(api.nowMs);
    const { key } = NewPersonalKey.parse((await anna.ask('post', '/api/keys', { name: 'x', scopes: ['watch'] })).body);
    api.nowMs += 2 * 3_600_000;
    await ask(api, key).get('/api/media');
    expect(await seenAt()).toBe(api.nowMs);
  });

  describe('the last owner', () => {
    test('besides the console: can neither be removed nor become a member', async () => {
      const id = await idOf(1002);
      expectProblem(await bert.ask('delete', `/api/people/${id}`), 'last-owner');
      expectProblem(await bert.ask('patch', `/api/people/${id}`, { role: 'member' }), 'last-owner');
      expect((await bert.ask('patch', `/api/people/${id}`, { name: 'Berta' })).body).toMatchObject({ name: 'Berta' });
    });

    test('of two owners who remove each other at once: stays', async () => {
      const [first, second] = [await idOf(1001), await idOf(1002)];
      await bert.ask('patch', `/api/people/${first}`, { role: 'owner' });
      const answers = await Promise.all([
        bert.ask('delete', `/api/people/${first}`),
        anna.ask('delete', `/api/people/${second}`),
      ]);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      expect(
        (await api.access.people.list()).filter(({ role, isConsole }) => role === 'owner' && !isConsole),
      ).toHaveLength(1);
    });

    test('at the console: can never be removed', async () => {
      const { id } = await api.access.people.atConsole();
      expectProblem(await bert.ask('delete', `/api/people/${id}`), 'last-owner');
    });
  });

  test('a changed role: applies to open sessions at once', async () => {
    await bert.ask('patch', `/api/people/${await idOf(1001)}`, { role: 'owner' });
    expect((await anna.ask('get', '/api/health')).status).toBe(200);
    await anna.ask('patch', `/api/people/${await idOf(1002)}`, { role: 'member' });
    expectProblem(await bert.ask('get', '/api/health'), 'forbidden');
  });

  test('signing out everywhere: ends the own sessions only, and says how many', async () => {
    await openBrowser(api).signIn(ANNA);
    expect((await anna.ask('delete', '/api/sessions')).body).toEqual({ ended: 2 });
    expect((await bert.ask('get', '/api/media')).status).toBe(200);
  });

  test('a sign-in code: is for its maker, whoever the body names', async () => {
    const { code } = SignInCode.parse((await anna.ask('post', '/api/sign-in-codes', {})).body);
    const tv = openBrowser(api);
    await tv.ask('post', '/api/session', { code });
    expect((await tv.ask('get', '/api/me')).body).toMatchObject({ name: 'Anna' });
    const forged = { personId: await idOf(1002) };
    expectProblem(await anna.ask('post', '/api/sign-in-codes', forged), 'invalid-request');
  });

  test('the owners for the bot: are the Telegram accounts of owners', async () => {
    await aPerson(api.access, { role: 'owner', telegramId: 1003, name: null });
    const bot = createApiClient({ baseUrl: api.url, token: testKeys.bot });
    expect(await bot.listOwnerAccounts()).toEqual({ telegramIds: [1002, 1003] });
  });
});
