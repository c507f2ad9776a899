import { randomBytes } from 'node:crypto';
import { Caller, noPreferences, SESSION_TOKEN, SessionList, SIGN_IN_CODE, SignInCode } from '@linkcast/contracts';
import { sql } from 'kysely';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, ask, MAX_HEIGHT, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { aPerson, type TestPerson } from '../fixtures/a-person.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const DAY_MS = 86_400_000;
  const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
  const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;

  let api: ApiFixture;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
  });
  afterEach(() => api.stop());

  const newCode = async (person: TestPerson) => api.access.codes.create((await aPerson(api.access, person)).id, 900);
  const tokenOf = (cookie = '') => cookie.slice(cookie.indexOf('=') + 1);
  const roleWith = async (cookie: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await request(api.server)
      .get('/api/session')
      .set({ cookie, ...headers });
    return Caller.parse(answer.body).role;
  };

  describe('signing in by a code', () => {
    test('a code from the API: signs its person in once, and is refused the second time', async () => {
      const phone = openBrowser(api);
      await phone.signIn(ANNA);
      const made = await phone.ask('post', '/api/sign-in-codes', {});
      const { code, path, expiresAt } = SignInCode.parse(made.body);
      expect(made.status).toBe(201);
      expect(code).toMatch(SIGN_IN_CODE);
      expect(path).toBe(`/sign-in#${code}`);
      expect(Date.parse(expiresAt)).toBe(api.nowMs + 900_000);

      const browser = openBrowser(api);
      const answer = await browser.ask('post', '/api/session', { code });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        role: 'member',
        personId: (await api.access.people.byTelegram(1001))?.id,
        name: 'Anna',
        rights: ['watch', 'add'],
        preferences: noPreferences,
        mediaId: null,
        expiresAt: new Date(api.nowMs + 90 * DAY_MS).toISOString(),
        maxHeight: MAX_HEIGHT,
        hasSponsorBlock: false,
        botName: null,
        passkeyDomain: 'home.test',
      });
      expect((await browser.ask('get', '/api/session')).body).toEqual(answer.body);
      expectProblem(await openBrowser(api).ask('post', '/api/session', { code }), 'sign-in-refused');
    });

    test('a code typed with spaces, capitals or other dashes: is accepted', async () => {
      for (const change of [
        (code: string) => code.toUpperCase(),
        (code: string) => code.replaceAll('-', ' '),
        (code: string) => ` ${code.replaceAll('-', '')} `,
        (code: string) => code.replaceAll('-', '\u2013'),
      ]) {
        const { code } = await newCode(ANNA);
        expect((await openBrowser(api).ask('post', '/api/session', { code: change(code) })).status).toBe(200);
      }
    });

    test('an expired code: is refused and deleted', async () => {
      const { code } = await newCode(ANNA);
      api.nowMs += 900_000;
      expectProblem(await openBrowser(api).ask('post', '/api/session', { code }), 'sign-in-refused');
      api.nowMs -= 900_000;
      await newCode(ANNA); // a new one sweeps the others when they are over
      api.nowMs += 900_001;
      await newCode(ANNA);
      expect(await countRows(api.database, 'sign_in_codes')).toBe(1);
    });

    test.each(['', 'aaaa-aaaa-aaaa', 'aaaa', '\u0000', '\ud83d\ude00'.repeat(12), '%61%61', 'a'.repeat(64)])(
      'the code %j: is refused without details',
      async (code) => {
        const document = expectProblem(await openBrowser(api).ask('post', '/api/session', { code }), 'sign-in-refused');
        expect(document.faults).toBeUndefined();
      },
    );

    test.each([{}, { code: 'a', initData: 'b' }, { code: 7 }, { code: 'x'.repeat(65) }, { password: 'x' }])(
      'the body %j: is refused as an invalid request',
      async (body) => {
        expectProblem(await openBrowser(api).ask('post', '/api/session', body), 'invalid-request');
      },
    );

    test('five requests with the same code at once: one succeeds', async () => {
      const { code } = await newCode(ANNA);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => openBrowser(api).ask('post', '/api/session', { code })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
    });

    test('a browser that signs in again: keeps one session, and the first cookie is invalid', async () => {
      const browser = openBrowser(api);
      await browser.signIn(ANNA);
      const before = browser.cookie ?? '';
      await browser.signIn(BERT);
      expect(await api.access.sessions.list()).toHaveLength(1);
      expect(await roleWith(before)).toBe('nobody');
    });
  });

  describe('the cookie', () => {
    test('over HTTPS: has the prefix __Host- and the attribute Secure', async () => {
      const answer = await openBrowser(api, 'https').signIn();
      const [cookie = ''] = answer.get('set-cookie') ?? [];
      expect(cookie).toMatch(/^__Host-linkcast=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    });

    test('over HTTP: has the attributes HttpOnly and SameSite=Lax', async () => {
      const answer = await openBrowser(api).signIn();
      const [cookie = ''] = answer.get('set-cookie') ?? [];
      expect(cookie).toMatch(/^linkcast=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(tokenOf(cookie.split(';')[0])).toMatch(SESSION_TOKEN);
    });

    test('sent over the other scheme: is ignored', async () => {
      const [secure, plain] = [openBrowser(api, 'https'), openBrowser(api)];
      await secure.signIn();
      await plain.signIn();
      expect(await roleWith(secure.cookie ?? '', { 'x-forwarded-proto': 'https' })).toBe('owner');
      expect(await roleWith(secure.cookie ?? '')).toBe('nobody');
      expect(await roleWith(plain.cookie ?? '', { 'x-forwarded-proto': 'https' })).toBe('nobody');
    });

    test('among other cookies: is found', async () => {
      const browser = openBrowser(api);
      await browser.signIn();
      expect(await roleWith(`a=b; notlinkcast=x; ${browser.cookie ?? ''}; c`)).toBe('owner');
      expect(await roleWith(`xlinkcast=${tokenOf(browser.cookie)}`)).toBe('nobody');
    });

    test('with the name of ours behind a space character: is ignored', async () => {
      const browser = openBrowser(api, 'https');
      await browser.signIn();
      for (const before of ['\u00A0', 'a=b; \u00A0', 'a=b; \t']) {
        expect(await roleWith(`${before}${browser.cookie ?? ''}`, { 'x-forwarded-proto': 'https' })).toBe('nobody');
      }
    });

    test('altered, cut, foreign or malformed: is ignored', async () => {
      const browser = openBrowser(api);
      await browser.signIn();
      const token = tokenOf(browser.cookie);
      const flipped = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
      for (const bad of [
        flipped,
        token.slice(0, -1),
        `${token}A`,
        token.toUpperCase(),
        `"${token}"`,
        encodeURIComponent(`${token}\u00e9`),
        randomBytes(32).toString('base64url'),
        API_TOKEN,
        '',
        '%00',
        "' OR 1=1 --",
      ]) {
        expect([bad, await roleWith(`linkcast=${bad}`)]).toEqual([bad, 'nobody']);
      }
    });
  });

  describe('a session', () => {
    test('without use for 90 days: ends; with use: continues', async () => {
      const browser = openBrowser(api);
      await browser.signIn(ANNA);
      const role = () => roleWith(browser.cookie ?? '');
      api.nowMs += 89 * DAY_MS;
      expect(await role()).toBe('member');
      api.nowMs += 89 * DAY_MS;
      expect(await role()).toBe('member');
      api.nowMs += 90 * DAY_MS;
      expect(await role()).toBe('nobody');
      expect(await api.access.sessions.list()).toEqual([]);
    });

    test('in steady use: is written to the database once an hour', async () => {
      const browser = openBrowser(api);
      await browser.signIn(ANNA);
      const seenAt = async () => (await api.access.sessions.list())[0]?.seenAt;
      const before = await seenAt();
      for (let minutes = 0; minutes < 59; minutes += 10) {
        api.nowMs += 9 * 60_000;
        await roleWith(browser.cookie ?? '');
      }
      expect(await seenAt()).toBe(before);
      api.nowMs += 3_600_000;
      await roleWith(browser.cookie ?? '');
      expect(await seenAt()).toBe(api.nowMs);
    });

    test('signed out: ends at once, and its cookie is removed', async () => {
      const browser = openBrowser(api, 'https');
      await browser.signIn(ANNA);
      const cookie = browser.cookie ?? '';
      const answer = await browser.ask('delete', '/api/session');
      expect(answer.status).toBe(204);
      expect(answer.get('set-cookie')?.[0]).toMatch(/^__Host-linkcast=; Max-Age=0; .*Secure$/);
      expect(await roleWith(cookie, { 'x-forwarded-proto': 'https' })).toBe('nobody');
    });

    test('signing out without a session: answers 204', async () => {
      expect((await openBrowser(api).ask('delete', '/api/session')).status).toBe(204);
    });

    test('the fifty-first of a person: ends their least recently used session, and nobody else’s', async () => {
      const bert = openBrowser(api);
      await bert.signIn(BERT);
      const browsers = Array.from({ length: 51 }, () => openBrowser(api));
      for (const browser of browsers) {
        api.nowMs += 1000;
        await browser.signIn(ANNA);
      }
      const roles = await Promise.all([bert, ...browsers].map(({ cookie }) => roleWith(cookie ?? '')));
      expect(roles).toEqual(['owner', 'nobody', ...Array.from({ length: 50 }, () => 'member')]);
    });
  });

  describe('the list of sessions', () => {
    test('requested by a member: has their own sessions; by an owner: has all; each can be ended there', async () => {
      const [anna, phone, bert] = [openBrowser(api), openBrowser(api), openBrowser(api)];
      await anna.signIn(ANNA);
      await phone.signIn(ANNA);
      await bert.signIn(BERT);
      const seenBy = async (browser: typeof anna) =>
        SessionList.parse((await browser.ask('get', '/api/sessions')).body).sessions;

      const own = await seenBy(anna);
      expect(own).toHaveLength(2);
      expect(own.filter(({ isCurrent }) => isCurrent)).toMatchObject([
        { role: 'member', name: 'Anna', device: 'Firefox on Linux' },
      ]);
      const all = await seenBy(bert);
      expect(all).toHaveLength(3);

      const bertId = all.find(({ name }) => name === 'Bert')?.id ?? '';
      expectProblem(await anna.ask('delete', `/api/sessions/${bertId}`), 'not-found');
      expectProblem(await anna.ask('delete', '/api/sessions/none'), 'not-found');
      const phoneId = own.find(({ isCurrent }) => !isCurrent)?.id ?? '';
      expect((await anna.ask('delete', `/api/sessions/${phoneId}`)).status).toBe(204);
      expectProblem(await phone.ask('get', '/api/sessions'), 'unauthorized');
      const annaId = own.find(({ isCurrent }) => isCurrent)?.id ?? '';
      expect((await bert.ask('delete', `/api/sessions/${annaId}`)).status).toBe(204);
      expectProblem(await anna.ask('get', '/api/media'), 'unauthorized');
    });
  });

  test('tokens and codes: are neither in the database nor in the log', async () => {
    const browser = openBrowser(api);
    const { code: unused } = await newCode(ANNA);
    const { code } = await newCode(ANNA);
    await browser.ask('post', '/api/session', { code });
    const { token: shareToken } = await api.access.shares.create({ mediaId: null, personId: null }, 60);
    await ask(api).get('/api/session').set('authorization', `Share ${shareToken}`);
    await browser.ask('post', '/api/session', { code: 'aaaa-bbbb-cccc' });

    const tables = ['people', 'sessions', 'sign_in_codes', 'shares', 'used_init_data'];
    const rows = await Promise.all(
      tables.map((table) => sql`SELECT * FROM ${sql.table(table)}`.execute(api.database.tables())),
    );
    const written = JSON.stringify([rows, api.logged]);
    expect(written).toContain('signed in');
    expect(written).toContain('sign-in refused');
    for (const secret of [unused, code, tokenOf(browser.cookie), shareToken, API_TOKEN, 'aaaa-bbbb-cccc']) {
      expect(written).not.toContain(secret);
      expect(written).not.toContain(JSON.stringify(Buffer.from(secret)));
    }
  });
});
