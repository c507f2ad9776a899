import { Caller, createApiClient, type Membership } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
  const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;

  let api: ApiFixture;
  let anna: Browser;
  let bert: Browser;
  let owner: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [anna, bert, owner] = [openBrowser(api), openBrowser(api), openBrowser(api)];
    await anna.signIn(ANNA);
    await bert.signIn(BERT);
    await owner.signIn();
  });
  afterEach(() => api.stop());

  const client = () => createApiClient({ baseUrl: api.url, token: testKeys.bot });
  const tell = (members: Membership['members'], botName: string | null = 'my_bot') =>
    client().setMembership({ members, botName, miniAppKey: null });
  const member = (telegramId: number, role: 'owner' | 'member' = 'member') => ({ telegramId, role });
  const roles = () =>
    Promise.all(
      [anna, bert, owner].map(async (browser) => Caller.parse((await browser.ask('get', '/api/session')).body).role),
    );

  test('members removed from the list: are signed out at once; sessions from the console stay', async () => {
    await tell([member(1001)]);
    expect(await roles()).toEqual(['member', 'nobody', 'owner']);
    await tell([]);
    expect(await roles()).toEqual(['nobody', 'nobody', 'owner']);
  });

  test('a changed role: applies to open sessions at once', async () => {
    await tell([member(1001, 'owner'), member(1002)]);
    expect(await roles()).toEqual(['owner', 'member', 'owner']);
    expectProblem(await bert.ask('get', '/api/health'), 'forbidden');
    expect((await anna.ask('get', '/api/health')).status).toBe(200);
  });

  test('codes of removed people: are refused; those of the others give the current role', async () => {
    const created = [ANNA, BERT, { ...BERT, telegramId: null }].map((holder) => api.access.codes.create(holder, 900));
    const [left, changed, console] = await Promise.all(created);
    await tell([member(1002)]);
    const signIn = (code = '') => openBrowser(api).ask('post', '/api/session', { code });
    expectProblem(await signIn(left?.code), 'sign-in-refused');
    expect((await signIn(changed?.code)).body).toMatchObject({ role: 'member' });
    expect((await signIn(console?.code)).body).toMatchObject({ role: 'owner' });
  });

  test('the name of the bot: is in the answers of GET /api/session', async () => {
    await tell([], 'other_bot');
    expect((await openBrowser(api).ask('get', '/api/session')).body).toMatchObject({ botName: 'other_bot' });
  });

  test('/signout of one person: ends their sessions and returns their number', async () => {
    await openBrowser(api).signIn(ANNA);
    expect(await client().signOutMember(1001)).toEqual({ ended: 2 });
    expect(await client().signOutMember(1001)).toEqual({ ended: 0 });
    expect(await roles()).toEqual(['nobody', 'owner', 'owner']);
  });

  test.each([
    { members: [{ telegramId: 0, role: 'member' }], botName: null, miniAppKey: null },
    { members: [{ telegramId: 1, role: 'guest' }], botName: null, miniAppKey: null },
    { members: [], botName: null, miniAppKey: 'short' },
    { members: [], botName: null },
  ])('the membership %j: is refused and changes nothing', async (membership) => {
    expectProblem(await ask(api, testKeys.bot).post('/internal/membership').send(membership), 'invalid-request');
    expect(await roles()).toEqual(['member', 'owner', 'owner']);
  });

  test('an owner: can neither set the membership nor sign members out', async () => {
    const membership = { members: [], botName: null, miniAppKey: null };
    expectProblem(await owner.ask('post', '/internal/membership', membership), 'forbidden');
    expectProblem(await owner.ask('post', '/internal/sign-outs', { telegramId: 1001 }), 'forbidden');
  });
});
