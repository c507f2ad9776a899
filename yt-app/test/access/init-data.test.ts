import { createHash } from 'node:crypto';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readInitData } from '../../src/access/init-data.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { ANNA, encode, hashOf, MINI_APP_KEY, miniAppFields, signInitData } from '../fixtures/mini-app.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const NOW = Date.UTC(2026, 10, 21, 12);
  const fields = miniAppFields(NOW);
  const good = signInitData(fields);
  const read = (text: string) => readInitData(text, MINI_APP_KEY, NOW);
  const made = (secondsAgo: number) => signInitData({ ...fields, auth_date: String(NOW / 1000 - secondsAgo) });
  const withUser = (user: string) => signInitData({ ...fields, user });

  describe('readInitData', () => {
    test('valid initData: gives the person and the end of its validity, an hour after its date', () => {
      expect(read(good)).toEqual({
        user: { telegramId: 1001, name: 'Anna & "Co" Müller=+%' },
        hash: hashOf(fields),
        expiresAt: NOW + 3_600_000,
      });
    });

    test('the published example: is valid', () => {
      // The key of the token at https://docs.telegram-mini-apps.com/packages/tma-js-init-data-node/validating
      const key = Buffer.from('a5c609aa52f63cb5e6d8ceb6e4138726ea82bbc36bb786d64482d445ea38ee5f', 'hex');
      const user =
        '{"id":279058397,"first_name":"Vladislav","last_name":"Kibenko","username":"vdkfrost","language_code":"ru","is_premium":true}';
      const text = { auth_date: '1662771648', query_id: 'AAHdF6IQAAAAAN0XohDhrOrc', user };
      const hash = 'c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2';
      expect(readInitData(encode({ ...text, hash }), key, 1_662_771_700_000)?.user).toEqual({
        telegramId: 279058397,
        name: 'Vladislav Kibenko',
      });
    });

    test.each([
      ['in another order', [...good.split('&')].reverse().join('&')],
      ['without a signature', signInitData({ user: fields['user'] ?? '', auth_date: fields['auth_date'] ?? '' })],
      ['with unknown fields, one the prefix of another', signInitData({ ...fields, a: '1', a1: '2', 'a-': '3' })],
      ['with a line feed in a value', signInitData({ ...fields, start_param: 'a\nb=c' })],
      ['with an empty value', signInitData({ ...fields, start_param: '' })],
      ['an hour old', made(3600)],
      ['a minute ahead', made(-60)],
      ['without a last name', withUser(JSON.stringify({ id: 1001, first_name: 'Anna' }))],
    ])('%s: is valid', (_, text) => {
      expect(read(text)?.user.telegramId).toBe(1001);
    });

    const undated = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'auth_date'));
    test.each([
      ['nothing', ''],
      ['no pairs', 'hello'],
      ['no hash', encode(fields)],
      ['an empty hash', encode({ ...fields, hash: '' })],
      ['a short hash', encode({ ...fields, hash: hashOf(fields).slice(2) })],
      ['a hash in capitals', encode({ ...fields, hash: hashOf(fields).toUpperCase() })],
      ['another hash', encode({ ...fields, hash: '0'.repeat(64) })],
      ['a hash that is not hex', encode({ ...fields, hash: 'z'.repeat(64) })],
      ['another user', good.replace('1001', '1002')],
      ['a field more', `${good}&start_param=x`],
      ['a field less', good.replace(/query_id=[^&]+&/, '')],
      ['a user twice', `${good}&user=${encodeURIComponent('{"id":1,"first_name":"x"}')}`],
      ['a hash twice', `${good}&hash=${hashOf(fields)}`],
      ['the hash of another bot', signInitData(fields, Buffer.alloc(32, 1))],
      ['the key of the login widget', signInitData(fields, createHash('sha256').update('1:token').digest())],
      ['a signature left out of the hash', encode({ ...fields, hash: hashOf({ ...fields, signature: '' }) })],
      ['over an hour old', made(3601)],
      ['from the future', made(-61)],
      ['no date', signInitData(undated)],
      ['a date that is no number', signInitData({ ...fields, auth_date: 'now' })],
      ['a date in another notation', signInitData({ ...fields, auth_date: '1e9' })],
      ['no user', withUser('')],
      ['a user that is no JSON', withUser('{')],
      ['a user without an id', withUser('{"first_name":"x"}')],
      ['an id that is text', withUser('{"id":"1001","first_name":"x"}')],
      ['an id that is no whole number', withUser('{"id":1.5,"first_name":"x"}')],
      ['encoded twice', encodeURIComponent(good)],
    ])('%s: is refused', (_case, text) => {
      expect(read(text)).toBeUndefined();
    });
  });

  describe('signing in by initData', () => {
    let api: ApiFixture;
    beforeEach(async () => {
      api = await startApi({ openDatabase });
      await api.access.people.add({ name: null, role: 'member', telegramId: 1001, invitedBy: null });
      await reportBot();
    });
    afterEach(() => api.stop());

    const reportBot = () =>
      ask(api, testKeys.bot)
        .post('/internal/bot')
        .send({ name: 'my_bot', miniAppKey: MINI_APP_KEY.toString('hex') });
    const opened = (user?: object) =>
      signInitData({ ...miniAppFields(api.nowMs, user), query_id: String(Math.random()) });

    test('a member: is signed in with their name and role', async () => {
      const answer = await openBrowser(api, 'https').ask('post', '/api/session', { initData: opened() });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ role: 'member', name: 'Anna & "Co" Müller=+%', botName: 'my_bot' });
      expect(answer.get('set-cookie')?.[0]).toContain('__Host-linkcast=');
    });

    test('a person who is not a member: is refused', async () => {
      const initData = opened({ ...ANNA, id: 1002 });
      expectProblem(await openBrowser(api).ask('post', '/api/session', { initData }), 'sign-in-refused');
    });

    test('any person before the bot has sent its key: is refused', async () => {
      await api.stop();
      api = await startApi({ openDatabase });
      await api.access.people.add({ name: null, role: 'member', telegramId: 1001, invitedBy: null });
      expectProblem(await openBrowser(api).ask('post', '/api/session', { initData: opened() }), 'sign-in-refused');
    });

    test('the same initData again: is refused to another browser, and keeps the session of the same one', async () => {
      const initData = opened();
      const app = openBrowser(api, 'https');
      await app.ask('post', '/api/session', { initData });
      expectProblem(await openBrowser(api).ask('post', '/api/session', { initData }), 'sign-in-refused');
      const reloaded = await app.ask('post', '/api/session', { initData });
      expect([reloaded.status, reloaded.get('set-cookie')]).toEqual([200, undefined]);
      expect(await api.access.sessions.list()).toHaveLength(1);
    });

    test('a Mini App opened every day: keeps its only session', async () => {
      const app = openBrowser(api, 'https');
      for (let day = 0; day < 3; day += 1) {
        expect((await app.ask('post', '/api/session', { initData: opened() })).status).toBe(200);
        api.nowMs += 86_400_000;
      }
      expect(await api.access.sessions.list()).toHaveLength(1);
    });

    test('another member in the same browser: gets a session of their own, which replaces the first', async () => {
      const bert = await api.access.people.add({ name: null, role: 'member', telegramId: 1002, invitedBy: null });
      const app = openBrowser(api, 'https');
      await app.ask('post', '/api/session', { initData: opened() });
      const { cookie: firstCookie = '' } = app;
      const other = opened({ id: 1002, first_name: 'Bert' });
      expect((await app.ask('post', '/api/session', { initData: other })).body).toMatchObject({ name: 'Bert' });
      expect(await api.access.sessions.list()).toMatchObject([{ personId: bert.id }]);
      const roleWith = async (cookie = '') =>
        ((await openBrowser(api, 'https').ask('get', '/api/session', undefined, { cookie })).body as { role: string })
          .role; // the contract's Caller
      expect([await roleWith(firstCookie), await roleWith(app.cookie)]).toEqual(['nobody', 'member']);
    });

    test('used initData: is deleted when it has expired', async () => {
      await openBrowser(api).ask('post', '/api/session', { initData: opened() });
      api.nowMs += 3_600_001;
      await openBrowser(api).ask('post', '/api/session', { initData: opened() });
      expect(await countRows(api.database, 'used_init_data')).toBe(1);
    });

    test('initData over 8 kB: is refused as an invalid request although its hash is right', async () => {
      const ofLength = (length: number): string => {
        const signed = (start_param: string) => signInitData({ ...miniAppFields(api.nowMs), start_param });
        return signed('x'.repeat(length - signed('').length));
      };
      const tooLong = await openBrowser(api).ask('post', '/api/session', { initData: ofLength(8193) });
      expectProblem(tooLong, 'invalid-request');
      expect(await api.access.sessions.list()).toEqual([]);
      expect((await openBrowser(api).ask('post', '/api/session', { initData: ofLength(8192) })).status).toBe(200);
    });
  });
});
