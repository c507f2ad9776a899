import { createApiClient, NewInvitation, isProblem } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { testKeys } from '@linkcast/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInvitationAcceptance } from '../../src/people/invitation-acceptance.ts';
import { applySettingsInvitations } from '../../src/people/settings-invitations.ts';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    owner = openBrowser(api);
    await owner.signIn();
  });
  afterEach(() => api.stop());

  const invite = async (request: object = {}): Promise<NewInvitation> =>
    NewInvitation.parse((await owner.ask('post', '/api/invitations', request)).body);
  const accept = (code: string, name = 'Carla', browser = openBrowser(api)) =>
    browser.ask('post', '/api/invitations/accept', { code, name });
  const bot = () => createApiClient({ baseUrl: api.url, token: testKeys.bot });
  const acceptInTelegram = (code: string, telegramId: number, name = 'Dora') =>
    bot().acceptInTelegram({ code, telegramId, name });
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'accepted',
      (error: unknown) => (isProblem(error) ? error.code : 'failed'),
    );

  describe('an invitation', () => {
    test('accepted on the site: makes the person, and signs their browser in', async () => {
      const { code, path, telegramUrl } = await invite();
      expect([path, telegramUrl]).toEqual([`/join#${code}`, null]);
      const browser = openBrowser(api);
      expect((await accept(code, ' Carla ', browser)).body).toMatchObject({ role: 'member', name: 'Carla' });
      expect((await browser.ask('get', '/api/me')).body).toMatchObject({
        name: 'Carla',
        telegramId: null,
        invitedBy: (await api.access.people.atConsole()).id,
      });
    });

    test('accepted in Telegram: makes the person with that account', async () => {
      await bot().setBotAccount({ name: 'my_bot', miniAppKey: '0'.repeat(64) });
      const { code, telegramUrl } = await invite({ role: 'owner' });
      expect(telegramUrl).toBe(`https://t.me/my_bot?start=${code}`);
      expect(await acceptInTelegram(code, 1001)).toMatchObject({ role: 'owner', name: 'Dora', telegramId: 1001 });
    });

    test('for two: is refused to the third, also when five accept it at once', async () => {
      const { code } = await invite({ uses: 2 });
      const answers = await Promise.all(Array.from({ length: 5 }, () => accept(code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403, 403, 403]);
      expect(await api.access.people.list()).toHaveLength(3); // with the owner
    });

    test('that has expired, or was revoked: is refused', async () => {
      const { code, id } = await invite({ lifetimeSeconds: 600 });
      const later = await invite({ lifetimeSeconds: 601 });
      expect((await owner.ask('delete', `/api/invitations/${later.id}`)).status).toBe(204);
      expectProblem(await accept(later.code), 'invitation-refused');
      api.nowMs += 600_000;
      expectProblem(await accept(code), 'invitation-refused');
      expect((await owner.ask('get', '/api/invitations')).body).toEqual({ invitations: [] });
      expectProblem(await owner.ask('delete', `/api/invitations/${later.id}`), 'not-found');
      expect(id).not.toBe(later.id);
    });

    test('accepted again by the same person: is not used, and changes nothing', async () => {
      const { code } = await invite({ uses: 2 });
      const first = await acceptInTelegram(code, 1001);
      expect(await acceptInTelegram(code, 1001, 'Another')).toEqual(first);
      const browser = openBrowser(api);
      await accept(code, 'Carla', browser);
      expectProblem(await accept(code), 'invitation-refused'); // both uses are taken
    });

    test('for an owner, accepted by a member: makes them an owner; for a member: leaves an owner one', async () => {
      await acceptInTelegram((await invite()).code, 1001);
      expect(await acceptInTelegram((await invite({ role: 'owner' })).code, 1001)).toMatchObject({ role: 'owner' });
      expect(await acceptInTelegram((await invite()).code, 1001)).toMatchObject({ role: 'owner' });
    });

    test('accepted by somebody who was removed: lets the same person in again, with the new role', async () => {
      const { id } = await acceptInTelegram((await invite({ role: 'owner' })).code, 1001);
      await acceptInTelegram((await invite({ role: 'owner' })).code, 1002);
      await owner.ask('delete', `/api/people/${id}`);
      api.nowMs += 1;
      expect(await acceptInTelegram((await invite()).code, 1001)).toMatchObject({ id, role: 'member' });
    });

    test('that somebody had before they were removed: does not let them in again; others it does', async () => {
      const { code } = await invite({ uses: 5 });
      const { id } = await acceptInTelegram(code, 1001);
      await owner.ask('delete', `/api/people/${id}`);
      expect(await codeOf(acceptInTelegram(code, 1001))).toBe('invitation-refused');
      expect(await codeOf(acceptInTelegram(code, 1002))).toBe('accepted');
      api.nowMs += 1;
      expect(await codeOf(acceptInTelegram((await invite()).code, 1001))).toBe('accepted');
    });

    test.each([
      ['removed', (id: string) => owner.ask('delete', `/api/people/${id}`)],
      ['made a member', (id: string) => owner.ask('patch', `/api/people/${id}`, { role: 'member' })],
    ])('made by an owner who is then %s: is revoked', async (_, change) => {
      const first = openBrowser(api);
      await first.signIn({ role: 'owner', telegramId: 1001 });
      await openBrowser(api).signIn({ role: 'owner', telegramId: 1002 });
      const made = NewInvitation.parse((await first.ask('post', '/api/invitations', { role: 'owner', uses: 50 })).body);
      const id = (await api.access.people.byTelegram(1001))?.id ?? '';
      expect((await change(id)).ok).toBe(true);
      expect(await codeOf(acceptInTelegram(made.code, 1001))).toBe('invitation-refused');
      expect(await codeOf(acceptInTelegram(made.code, 1003))).toBe('invitation-refused');
      expect((await api.access.people.byTelegram(1001))?.role).not.toBe('owner');
    });

    test('made by a member, or for more than 50 people: is refused', async () => {
      const member = openBrowser(api);
      await member.signIn({ role: 'member' });
      expectProblem(await member.ask('post', '/api/invitations', {}), 'forbidden');
      expectProblem(await member.ask('get', '/api/invitations'), 'forbidden');
      for (const body of [{ uses: 51 }, { uses: 0 }, { role: 'guest' }, { lifetimeSeconds: 1 }])
        expectProblem(await owner.ask('post', '/api/invitations', body), 'invalid-request');
    });

    test('from a page of another site: is not accepted', async () => {
      const { code } = await invite();
      const answer = await openBrowser(api).ask(
        'post',
        '/api/invitations/accept',
        { code, name: 'x' },
        { origin: 'http://evil.test' },
      );
      expectProblem(answer, 'forbidden');
    });

    test('its code: is neither in the database nor in the log', async () => {
      const { code } = await invite();
      await accept(code);
      const { rows } = await sql`SELECT * FROM invitations`.execute(api.database.tables());
      const written = JSON.stringify([rows, api.logged]);
      expect(rows).toHaveLength(1);
      expect(written).not.toContain(code);
    });
  });

  describe('wrong codes', () => {
    test('of one Telegram account: are compared five times an hour; others are not slowed', async () => {
      const { code } = await invite();
      for (let attempt = 0; attempt < 5; attempt += 1)
        expect(await codeOf(acceptInTelegram('wrong-code', 1001))).toBe('invitation-refused');
      expect(await codeOf(acceptInTelegram(code, 1001))).toBe('too-many-requests');
      expect(await codeOf(acceptInTelegram(code, 1002))).toBe('accepted');
      api.nowMs += 3_600_000;
      expect(await codeOf(acceptInTelegram('wrong-code', 1001))).toBe('invitation-refused');
    });

    test.each(['', 'short', 'x'.repeat(100), "' OR 1=1 --", '%00%00%00%00', '\u0000'.repeat(10)])(
      'the code %j: is refused',
      async (code) => {
        expectProblem(await accept(code), 'invitation-refused');
      },
    );
  });

  describe('the owner code', () => {
    const claim = (code: string, telegramId: number | null) => {
      const logger = createLogger({ service: 'test', level: 'silent' });
      const { people, invitations } = api.access;
      const acceptance = createInvitationAcceptance({
        ...{ database: api.database, people, invitations, logger },
        ownerCode: 'kwmp7x3fgh',
      });
      return codeOf(acceptance(code, { client: 'c', name: null, telegramId, personId: null }));
    };

    test('sent by a first Telegram account: makes its owner; sent by a second: is refused', async () => {
      expect(await claim('kwmp7x3fgX', 1001)).toBe('invitation-refused');
      expect(await claim('kwmp7x3fgh', 1001)).toBe('accepted');
      expect(await api.access.people.byTelegram(1001)).toMatchObject({ role: 'owner' });
      expect(await claim('kwmp7x3fgh', 1002)).toBe('invitation-refused');
    });

    test('sent by two accounts at once: makes one owner', async () => {
      const results = await Promise.all([claim('kwmp7x3fgh', 1001), claim('kwmp7x3fgh', 1002)]);
      expect(results.toSorted()).toEqual(['accepted', 'invitation-refused']);
    });

    test('sent again after its owner was removed: is refused to everybody', async () => {
      expect(await claim('kwmp7x3fgh', 1001)).toBe('accepted');
      await openBrowser(api).signIn({ role: 'owner', telegramId: 1002 });
      await api.access.peopleService.remove((await api.access.people.byTelegram(1001))?.id ?? '');
      await sql`UPDATE people SET telegram_id = NULL WHERE telegram_id = 1002`.execute(api.database.tables());
      expect(await claim('kwmp7x3fgh', 1001)).toBe('invitation-refused');
      expect(await claim('kwmp7x3fgh', 1003)).toBe('invitation-refused');
    });

    test('on the site: is refused', async () => {
      expect(await claim('kwmp7x3fgh', null)).toBe('invitation-refused');
    });
  });

  describe('the invitations of the settings', () => {
    const apply = (owners: number[], allowedUsers: number[]) =>
      applySettingsInvitations({ owners, allowedUsers }, { database: api.database, people: api.access.people });
    const roleOf = async (telegramId: number) => (await api.access.people.byTelegram(telegramId))?.role;

    test('applied at each start: let each in once, with the higher role', async () => {
      await apply([1], [1, 2]);
      await apply([1], [1, 2, 3]);
      expect(await Promise.all([1, 2, 3, 4].map(roleOf))).toEqual(['owner', 'member', 'member', undefined]);
      expect(await api.access.people.list()).toHaveLength(4); // with the owner at the console
    });

    test('a person whom an owner removed, or whose role they changed: stays so at the next start', async () => {
      await apply([1, 2], [3]);
      const idOf = async (id: number) => (await api.access.people.byTelegram(id))?.id ?? '';
      await api.access.peopleService.remove(await idOf(3));
      await api.access.peopleService.change(await idOf(2), { role: 'member' });
      await apply([1, 2], [3]);
      expect(await Promise.all([1, 2, 3].map(roleOf))).toEqual(['owner', 'member', undefined]);
    });

    test('a member who is added to the owners: becomes one; a person taken off the lists: stays', async () => {
      await apply([], [1, 2]);
      await apply([1], []);
      expect(await Promise.all([1, 2].map(roleOf))).toEqual(['owner', 'member']);
    });
  });
});
