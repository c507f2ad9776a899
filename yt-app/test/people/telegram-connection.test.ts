import { createApiClient, isProblem, NewInvitation, NewTelegramLink } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

/** Telegram ids. */
const CARLAS = 1001;
const STRANGERS = 1002;

const LINKS = '/api/me/telegram/links';
const TEN_MINUTES_MS = 600_000;

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  let carla: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    await bot().setBotAccount({ name: 'my_bot', miniAppKey: '0'.repeat(64) });
    owner = openBrowser(api);
    await owner.signIn();
    carla = await join('Carla');
  });
  afterEach(() => api.stop());

  const bot = () => createApiClient({ baseUrl: api.url, token: testKeys.bot });
  /** A browser of somebody who came in by an invitation on the site. */
  const join = async (name: string): Promise<Browser> => {
    const { code } = NewInvitation.parse((await owner.ask('post', '/api/invitations', {})).body);
    const browser = openBrowser(api);
    await browser.ask('post', '/api/invitations/accept', { code, name });
    return browser;
  };
  const makeLink = async (browser = carla): Promise<string> => {
    const { telegramUrl } = NewTelegramLink.parse((await browser.ask('post', LINKS)).body);
    return new URL(telegramUrl).searchParams.get('start') ?? '';
  };
  const open = (code: string, telegramId = CARLAS) => bot().openTelegramLink({ code, telegramId });
  const confirm = (id: string, telegramId = CARLAS) => bot().confirmTelegramLink({ id, telegramId });
  const connect = async (browser = carla, telegramId = CARLAS) =>
    confirm((await open(await makeLink(browser), telegramId)).id, telegramId);
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: unknown) => (isProblem(error) ? error.code : 'failed'),
    );
  const me = async (browser = carla) =>
    (await browser.ask('get', '/api/me')).body as { id: string; telegramId: unknown };
  const remove = async (id: string) => expect((await owner.ask('delete', `/api/people/${id}`)).status).toBe(204);
  const addPasskey = async (personId: string): Promise<void> => {
    await sql`INSERT INTO passkeys (id, person_id, credential_id, public_key, counter, transports, device_type, is_backed_up, name, created_at)
      VALUES (${personId}, ${personId}, ${personId}, ${Buffer.of(1)}, 0, '[]', 'multiDevice', 1, 'Phone', 0)`.execute(
      api.database.tables(),
    );
  };

  describe('a link', () => {
    test('opened and confirmed by a Telegram account: connects it to the person, who stays the same', async () => {
      const { id } = await me();
      const answer = NewTelegramLink.parse((await carla.ask('post', LINKS)).body);
      expect(answer.telegramUrl).toMatch(/^https:\/\/t\.me\/my_bot\?start=link-[\w-]{22}$/);
      const opened = await open(answer.telegramUrl.split('=')[1] ?? '');
      expect(opened.name).toBe('Carla');
      expect(await me()).toMatchObject({ telegramId: null }); // opening connects nothing
      expect(await confirm(opened.id)).toMatchObject({ id, name: 'Carla', telegramId: CARLAS });
      const asBot = createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId: CARLAS });
      expect(await asBot.getMe()).toMatchObject({ id, name: 'Carla' });
    });

    test('opened or confirmed twice by the same account: changes nothing more', async () => {
      const code = await makeLink();
      const { id } = await open(code);
      expect(await open(code)).toEqual({ id, name: 'Carla' });
      const connected = await confirm(id);
      expect(await confirm(id)).toEqual(connected);
      expect(await open(code)).toEqual({ id, name: 'Carla' });
    });

    test('opened by a second account: is refused to it, and only the first can confirm it', async () => {
      const code = await makeLink();
      const { id } = await open(code);
      expect(await codeOf(open(code, STRANGERS))).toBe('telegram-link-refused');
      expect(await codeOf(confirm(id, STRANGERS))).toBe('telegram-link-refused');
      await confirm(id);
      expect(await codeOf(open(code, STRANGERS))).toBe('telegram-link-refused');
    });

    test('opened by five accounts at once: is for one of them', async () => {
      const code = await makeLink();
      const results = await Promise.all([1, 2, 3, 4, 5].map((account) => codeOf(open(code, account))));
      expect(results.filter((result) => result === 'done')).toHaveLength(1);
    });

    test('opened by an account of somebody else: is refused, nothing is merged, and the link is still good', async () => {
      await openBrowser(api).signIn({ role: 'member', telegramId: STRANGERS, name: 'Dora' });
      const code = await makeLink();
      expect(await codeOf(open(code, STRANGERS))).toBe('telegram-taken');
      expect(await api.access.people.byTelegram(STRANGERS)).toMatchObject({ name: 'Dora' });
      expect(await me()).toMatchObject({ telegramId: null });
      expect(await codeOf(open(code))).toBe('done');
    });

    test('confirmed by an account that has become somebody else’s meanwhile: is refused', async () => {
      const { id } = await open(await makeLink());
      await openBrowser(api).signIn({ role: 'member', telegramId: CARLAS, name: 'Dora' });
      expect(await codeOf(confirm(id))).toBe('telegram-taken');
    });

    test('opened or confirmed after ten minutes: is refused', async () => {
      const code = await makeLink();
      const { id } = await open(code);
      api.nowMs += TEN_MINUTES_MS;
      expect(await codeOf(open(code))).toBe('telegram-link-refused');
      expect(await codeOf(confirm(id))).toBe('telegram-link-refused');
    });

    test('followed by another one of the same person: is refused', async () => {
      const first = await makeLink();
      const { id } = await open(first);
      await makeLink();
      expect(await codeOf(open(first))).toBe('telegram-link-refused');
      expect(await codeOf(confirm(id))).toBe('telegram-link-refused');
    });

    test('of a person who was removed meanwhile: is refused', async () => {
      const code = await makeLink();
      const { id } = await open(code);
      await remove((await me()).id);
      expect(await codeOf(open(code))).toBe('telegram-link-refused');
      expect(await codeOf(confirm(id))).toBe('telegram-link-refused');
    });

    test('opened by the account of a person who was removed: connects it if the link was made after that', async () => {
      await openBrowser(api).signIn({ role: 'member', telegramId: CARLAS, name: 'Carla in Telegram' });
      const inTelegram = (await api.access.people.byTelegram(CARLAS))?.id ?? '';
      const before = await makeLink();
      await remove(inTelegram);
      expect(await codeOf(open(before))).toBe('telegram-taken');
      api.nowMs += 1;
      expect(await connect()).toMatchObject({ id: (await me()).id, telegramId: CARLAS });
    });

    test('of a person who has an account, or without a bot: cannot be made', async () => {
      await connect();
      expectProblem(await carla.ask('post', LINKS), 'conflict');
      await bot().setBotAccount({ name: null, miniAppKey: '0'.repeat(64) });
      expectProblem(await owner.ask('post', LINKS), 'conflict');
    });

    test('made eleven times in an hour: is refused', async () => {
      for (let count = 0; count < 10; count += 1) await makeLink();
      expectProblem(await carla.ask('post', LINKS), 'too-many-requests');
      expect(await makeLink(owner)).not.toBe('');
      api.nowMs += 3_600_000;
      await makeLink();
    });

    test('made by a key or by the bot for somebody: is refused', async () => {
      await openBrowser(api).signIn({ role: 'member', telegramId: STRANGERS });
      const asBot = createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId: STRANGERS });
      const asScript = createApiClient({ baseUrl: api.url, token: testKeys.owner });
      for (const client of [asBot, asScript]) {
        expect(await codeOf(client.createTelegramLink())).toBe('forbidden');
        expect(await codeOf(client.disconnectTelegram())).toBe('forbidden');
      }
    });

    test('its code: is neither in the database nor in the log', async () => {
      const code = await makeLink();
      await open(code);
      const { rows } = await sql`SELECT * FROM telegram_links`.execute(api.database.tables());
      expect(rows).toHaveLength(1);
      expect(JSON.stringify([rows, api.logged])).not.toContain(code);
    });

    test('wrong codes of one account: are compared five times an hour', async () => {
      const code = await makeLink();
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect(await codeOf(open(`link-${'x'.repeat(22)}`, STRANGERS))).toBe('telegram-link-refused');
      expect(await codeOf(open(code, STRANGERS))).toBe('too-many-requests');
      expect(await codeOf(open(code))).toBe('done');
    });
  });

  describe('the account to which ends of jobs are reported', () => {
    const accountOf = async (id: string) => (await bot().getReportAccount(id)).telegramId;

    test('is the connected one, unless the person wants none, has none, or was removed', async () => {
      const { id } = await me();
      expect(await accountOf(id)).toBe(null);
      await connect();
      expect(await accountOf(id)).toBe(CARLAS);
      await carla.ask('patch', '/api/me', { preferences: { jobReports: false } });
      expect(await accountOf(id)).toBe(null);
      await carla.ask('patch', '/api/me', { preferences: { jobReports: null } });
      expect(await accountOf(id)).toBe(CARLAS);
      await remove(id);
      expect(await accountOf(id)).toBe(null);
      expect(await accountOf('unknown')).toBe(null);
    });

    test('of a person with preferences of an earlier version: is theirs, and the preferences stay', async () => {
      const { id } = await connect();
      const old = JSON.stringify({ type: 'audio', quality: null, playbackRate: 2, visibility: 'mine' });
      await sql`UPDATE people SET preferences = ${old} WHERE id = ${id}`.execute(api.database.tables());
      expect(await accountOf(id)).toBe(CARLAS);
      expect(await me()).toMatchObject({ preferences: { playbackRate: 2, visibility: 'mine', jobReports: null } });
    });
  });

  describe('disconnecting', () => {
    test('with a passkey: the account is a stranger’s again, and an earlier link does not connect it', async () => {
      const { id } = await open(await makeLink());
      await confirm(id);
      await addPasskey((await me()).id);
      expect((await carla.ask('delete', '/api/me/telegram')).status).toBe(204);
      expect(await me()).toMatchObject({ telegramId: null });
      expect(await codeOf(confirm(id))).toBe('telegram-link-refused');
      const asBot = createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId: CARLAS });
      expect(await codeOf(asBot.getMe())).toBe('not-invited');
      expect(await connect()).toMatchObject({ telegramId: CARLAS });
    });

    test('ends the codes that the account has made and the sessions that it has opened, not the own one', async () => {
      const { id } = await connect();
      await addPasskey(id);
      const asBot = createApiClient({ baseUrl: api.url, token: testKeys.bot, telegramId: CARLAS });
      const [used, unused] = [await asBot.createSignInCode({}), await asBot.createSignInCode({})];
      const intruder = openBrowser(api);
      expect((await intruder.ask('post', '/api/session', { code: used.code })).body).toMatchObject({ personId: id });
      expect((await carla.ask('delete', '/api/me/telegram')).status).toBe(204);
      expectProblem(await intruder.ask('get', '/api/me'), 'unauthorized');
      expectProblem(await intruder.ask('post', '/api/session', { code: unused.code }), 'sign-in-refused');
      expect(await me()).toMatchObject({ id, telegramId: null });
      expect(await me(owner)).toMatchObject({ id: expect.any(String) as string }); // other people stay signed in
    });

    test('of the only way to come in: is refused', async () => {
      await connect();
      expectProblem(await carla.ask('delete', '/api/me/telegram'), 'last-way-in');
      expect(await me()).toMatchObject({ telegramId: CARLAS });
    });

    test('of the owner at the console: works without a passkey', async () => {
      await connect(owner);
      expect((await owner.ask('delete', '/api/me/telegram')).status).toBe(204);
    });

    test('without an account: answers not-found', async () => {
      expectProblem(await carla.ask('delete', '/api/me/telegram'), 'not-found');
    });
  });
});
