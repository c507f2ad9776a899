import { CookieJar, CookieJars, ProblemDocument } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

const LATER = Math.floor(Date.now() / 1000) + 30 * 86_400;
const TEXT = `.site.example\tTRUE\t/\tTRUE\t${LATER}\tsession\ts3cret\n`;

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  let member: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [owner, member] = [openBrowser(api), openBrowser(api)];
    await owner.signIn();
    await member.signIn({ role: 'member', telegramId: 42 });
  });
  afterEach(() => api.stop());

  test('cookies that a member gives: are listed without their content, and deleted', async () => {
    const given = await member.ask('post', '/api/cookies', { text: TEXT });
    expect(given.status).toBe(201);
    const { id, site, use } = CookieJar.parse(given.body);
    expect([site, use]).toEqual(['site.example', 'mine']);
    const listed = await member.ask('get', '/api/cookies');
    expect(CookieJars.parse(listed.body).cookies).toHaveLength(1);
    expect(JSON.stringify([given.body, listed.body])).not.toContain('s3cret');
    expect(CookieJars.parse((await owner.ask('get', '/api/cookies')).body).cookies).toEqual([]);
    expect((await owner.ask('delete', `/api/cookies/${id}`)).status).toBe(404);
    expect((await member.ask('delete', `/api/cookies/${id}`)).status).toBe(204);
    expect(CookieJars.parse((await member.ask('get', '/api/cookies')).body).cookies).toEqual([]);
  });

  test('cookies for everybody: are given by owners only', async () => {
    expect((await member.ask('post', '/api/cookies', { text: TEXT, use: 'everyone' })).status).toBe(403);
    expect((await owner.ask('post', '/api/cookies', { text: TEXT, use: 'everyone' })).status).toBe(201);
  });

  test('cookies that cannot be used: are answered 422 with the reason', async () => {
    const answer = await member.ask('post', '/api/cookies', { text: TEXT, site: 'other.example' });
    expect(answer.status).toBe(422);
    expect(ProblemDocument.parse(answer.body)).toMatchObject({
      code: 'cookies-refused',
      facts: { cookies: 'other-site' },
    });
  });

  test('a file of 5 MB: is refused', async () => {
    expect((await member.ask('post', '/api/cookies', { text: 'x'.repeat(5_000_000) })).status).toBe(413);
    expect((await member.ask('post', '/api/cookies', { text: 'x'.repeat(1_000_001) })).status).toBe(422);
  });

  test('somebody who is not signed in: gets and gives nothing', async () => {
    const stranger = openBrowser(api);
    expect((await stranger.ask('get', '/api/cookies')).status).toBe(401);
    expect((await stranger.ask('post', '/api/cookies', { text: TEXT })).status).toBe(401);
  });
});
