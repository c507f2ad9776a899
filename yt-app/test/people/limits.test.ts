import { Me, NO_LIMITS, Person } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let anna: Browser;
  let bert: Browser;
  let annaId: string;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [anna, bert] = [openBrowser(api), openBrowser(api)];
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    await bert.signIn({ role: 'owner', telegramId: 1002, name: 'Bert' });
    annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
  });
  afterEach(() => api.stop());

  test('the default limits: an owner reads and changes them, one at a time', async () => {
    expect((await bert.ask('get', '/api/limits')).body).toEqual(NO_LIMITS);
    const changed = await bert.ask('patch', '/api/limits', { jobsPerDay: 20, openJobs: 3 });
    expect(changed.body).toEqual({ jobsPerDay: 20, storageBytes: null, openJobs: 3 });
    await bert.ask('patch', '/api/limits', { jobsPerDay: null });
    expect((await bert.ask('get', '/api/limits')).body).toEqual({ ...NO_LIMITS, openJobs: 3 });
  });

  test('a member: can neither read nor change the default limits, nor give themselves exceptions', async () => {
    expectProblem(await anna.ask('get', '/api/limits'), 'forbidden');
    expectProblem(await anna.ask('patch', '/api/limits', { jobsPerDay: null }), 'forbidden');
    expectProblem(await anna.ask('patch', `/api/people/${annaId}`, { limits: {} }), 'forbidden');
    expectProblem(await anna.ask('patch', '/api/me', { limits: {} }), 'invalid-request');
    expect(await api.access.defaultLimits.read()).toEqual(NO_LIMITS);
  });

  test('a person id in the body of a link: is refused', async () => {
    const body = { url: 'https://example.com/', type: 'video', personId: annaId };
    expectProblem(await bert.ask('post', '/api/jobs', body), 'invalid-request');
    expect(api.jobs.submitted).toEqual([]);
  });

  test.each([{ jobsPerDay: 0 }, { openJobs: -1 }, { storageBytes: 1.5 }, { jobsPerDay: '5' }, { more: 1 }])(
    'the limits %j: are refused, as defaults and as exceptions',
    async (limits) => {
      expectProblem(await bert.ask('patch', '/api/limits', limits), 'invalid-request');
      expectProblem(await bert.ask('patch', `/api/people/${annaId}`, { limits }), 'invalid-request');
    },
  );

  test("an owner's exceptions for a person: are in their place all at once, and the defaults count for the rest", async () => {
    await bert.ask('patch', '/api/limits', { jobsPerDay: 20, openJobs: 3 });
    const path = `/api/people/${annaId}`;
    const given = await bert.ask('patch', path, { limits: { jobsPerDay: null, storageBytes: 1000 } });
    expect(given.body).toMatchObject({ id: annaId, limits: { jobsPerDay: null, storageBytes: 1000 } });
    expect((await anna.ask('get', '/api/me')).body).toMatchObject({
      usage: {
        jobsPerDay: { limit: null, used: 0 },
        storageBytes: { limit: 1000, used: 0 },
        openJobs: { limit: 3, used: 0 },
      },
    });
    expect(Person.parse((await bert.ask('patch', path, { limits: { openJobs: 1 } })).body).limits).toEqual({
      openJobs: 1,
    });
    expect(Person.parse((await bert.ask('patch', path, { name: 'Anne' })).body).limits).toEqual({ openJobs: 1 });
  });

  test('an owner: sees their use without limits', async () => {
    await bert.ask('patch', '/api/limits', { jobsPerDay: 20 });
    for (const { body } of [await bert.ask('get', '/api/me'), await ask(api).get('/api/me')])
      expect(Me.parse(body).usage.jobsPerDay).toEqual({ limit: null, used: 0 });
  });
});
