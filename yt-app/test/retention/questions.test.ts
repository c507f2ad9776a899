import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { telegramUserHeader, type RetentionQuestion } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const DAY_MS = 86_400_000;
const FILM = mediaId(1);

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  let anna: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [owner, anna] = [openBrowser(api), openBrowser(api)];
    await owner.signIn();
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    const personId = (await api.access.people.byTelegram(1001))?.id ?? '';
    await add(1, personId);
    const rule = { watchedDays: null, unwatchedDays: 60, keepLast: null };
    await owner.ask('patch', '/api/storage/rules', { scope: { kind: 'installation' }, rule });
  });
  afterEach(() => api.stop());

  async function add(number: number, personId: string | null = null) {
    await api.store.save(audioItem(number, { personId, durationSeconds: 100, createdAt: api.nowMs + number }));
    await mkdir(path.join(api.mediaDir, mediaId(number)));
  }
  const wait = (days: number) => void (api.nowMs += days * DAY_MS);
  /** Sweeps, and returns the open questions as the bot reads them. */
  const sweep = async (): Promise<RetentionQuestion[]> => {
    await api.retention.sweep.run();
    const answer = await ask(api, testKeys.bot).get('/internal/storage/questions');
    return (answer.body as { questions: RetentionQuestion[] }).questions;
  };
  const askOnce = async (): Promise<RetentionQuestion> => {
    wait(61);
    const [question] = await sweep();
    if (!question) throw new Error('nobody was asked');
    return question;
  };
  const reply = (browser: Browser, { id }: RetentionQuestion, answer: string) =>
    browser.ask('post', `/api/storage/questions/${id}/answer`, { answer });
  const isListed = async () => (await api.store.getListed(FILM)) !== undefined;

  test('an unwatched item: is asked about once, never goes by itself, and stays when nobody answers', async () => {
    wait(59);
    expect(await sweep()).toEqual([]);
    wait(2);
    const [question] = await sweep();
    expect(question).toMatchObject({ mediaId: FILM, title: 'Track 1', personName: 'Anna', reason: 'unwatched' });
    expect(await sweep()).toEqual([question]);
    wait(13);
    expect(await sweep()).toEqual([question]);
    wait(2);
    expect(await sweep()).toEqual([]);
    expectProblem(await reply(owner, question as RetentionQuestion, 'delete'), 'not-found');
    wait(1000);
    expect(await sweep()).toEqual([]);
    expect(await isListed()).toBe(true);
  });

  test('delete: moves it to the trash; the same press twice changes nothing, another answer is refused', async () => {
    const question = await askOnce();
    expect((await reply(owner, question, 'delete')).status).toBe(204);
    expect(await isListed()).toBe(false);
    expect((await reply(owner, question, 'delete')).status).toBe(204);
    expectProblem(await reply(owner, question, 'keep'), 'conflict');
    expect(await api.store.get(FILM)).toMatchObject({ isKept: false, deletedAt: api.nowMs });
  });

  test('keep: marks it, and nobody is asked again until the mark is taken away', async () => {
    const question = await askOnce();
    expect((await reply(owner, question, 'keep')).status).toBe(204);
    wait(20);
    expect(await sweep()).toEqual([]);
    expect(await api.store.get(FILM)).toMatchObject({ isKept: true });
    await anna.ask('patch', `/api/media/${FILM}`, { isKept: false });
    const [again] = await sweep();
    expect(again).toMatchObject({ mediaId: FILM });
    expect(again?.id).not.toBe(question.id);
  });

  test('later: asks again after a week', async () => {
    await reply(owner, await askOnce(), 'later');
    wait(6);
    expect(await sweep()).toEqual([]);
    wait(1.1);
    expect(await sweep()).toMatchObject([{ mediaId: FILM }]);
  });

  test('a member, also the one whose item it is, a stranger, and the bot for a member: are refused', async () => {
    const question = await askOnce();
    expectProblem(await reply(anna, question, 'delete'), 'forbidden');
    expectProblem(await reply(openBrowser(api), question, 'delete'), 'unauthorized');
    const byBot = await ask(api, testKeys.bot)
      .post(`/api/storage/questions/${question.id}/answer`)
      .set(telegramUserHeader, '1001')
      .send({ answer: 'delete' });
    expectProblem(byBot, 'forbidden');
    expect(await sweep()).toEqual([question]);
    expect(await isListed()).toBe(true);
  });

  test.each([
    ['somebody plays it', () => anna.ask('get', `/api/media/${FILM}`)],
    ['it was shared', () => anna.ask('post', `/api/media/${FILM}/shares`, {})],
    ['its person keeps it', () => anna.ask('patch', `/api/media/${FILM}`, { isKept: true })],
    [
      'the rule was taken away',
      () => owner.ask('patch', '/api/storage/rules', { scope: { kind: 'installation' }, rule: null }),
    ],
  ])(
    'delete, after the question was asked and %s: is refused, and the question is withdrawn',
    async (_name, change) => {
      const question = await askOnce();
      expect((await change()).status).toBeLessThan(300);
      expectProblem(await reply(owner, question, 'delete'), 'conflict');
      expect(await isListed()).toBe(true);
      expect(await sweep()).toEqual([]);
    },
  );

  test('two owners at once, delete and keep: one answer counts, and the item is as it says', async () => {
    const question = await askOnce();
    const answers = await Promise.all([reply(owner, question, 'delete'), reply(owner, question, 'keep')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    const isDeleted = answers[0].status === 204;
    expect(await api.store.get(FILM)).toMatchObject({ isKept: !isDeleted, deletedAt: isDeleted ? api.nowMs : null });
  });

  test('a hundred unwatched items: are asked about five at a time', async () => {
    for (let number = 2; number <= 30; number += 1) await add(number);
    wait(61);
    expect(await sweep()).toHaveLength(5);
    expect(await sweep()).toHaveLength(5);
    const [first] = await sweep();
    await reply(owner, first as RetentionQuestion, 'later');
    expect(await sweep()).toHaveLength(5);
  });
});
