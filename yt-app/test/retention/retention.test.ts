import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { RetentionRule } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCandidateStore } from '../../src/retention/candidate-store.ts';
import { createItemUses } from '../../src/retention/item-uses.ts';
import { createRetentionPlan } from '../../src/retention/retention-plan.ts';
import { createRetentionSweep } from '../../src/retention/retention-sweep.ts';
import { createRuleStore } from '../../src/retention/rule-store.ts';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const DAY_MS = 86_400_000;
const FILM = mediaId(1);
const NONE: RetentionRule = { watchedDays: null, unwatchedDays: null, keepLast: null };

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  let anna: Browser;
  let bert: Browser;
  let annaId: string;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [owner, anna, bert] = [openBrowser(api), openBrowser(api), openBrowser(api)];
    await owner.signIn();
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    await bert.signIn({ role: 'member', telegramId: 1002, name: 'Bert' });
    annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
  });
  afterEach(() => api.stop());

  const add = async (number: number, changes: Parameters<typeof audioItem>[1] = {}) => {
    await api.store.save(
      audioItem(number, { personId: annaId, durationSeconds: 100, createdAt: api.nowMs + number, ...changes }),
    );
    await mkdir(path.join(api.mediaDir, mediaId(number)), { recursive: true });
  };
  const watch = (browser: Browser, seconds = 100, number = 1) =>
    browser.ask('post', '/api/me/positions', { positions: [{ mediaId: mediaId(number), seconds }] });
  const setRule = async (rule: Partial<RetentionRule> | null, scope: object = { kind: 'installation' }) => {
    const answer = await owner.ask('patch', '/api/storage/rules', { scope, rule: rule && { ...NONE, ...rule } });
    expect(answer.status).toBe(200);
    api.nowMs += 2 * DAY_MS; // a rule takes nothing in its first day
  };
  const wait = (days: number) => void (api.nowMs += days * DAY_MS);
  /** Writes what is in memory, sweeps, and returns the numbers of the items that the library still has. */
  const sweep = async (): Promise<string[]> => {
    await api.positions.stop();
    await api.retention.sweep.run();
    return listed();
  };
  const listed = async (): Promise<string[]> => {
    const ids = (await api.store.ids()).toSorted();
    const found = await Promise.all(ids.map((id) => api.store.getListed(id)));
    return found.flatMap((item) => item?.id ?? []);
  };

  describe('rules', () => {
    test('without a rule: nothing goes, however old it is', async () => {
      await add(1);
      await watch(anna);
      wait(4000);
      expect(await sweep()).toEqual([FILM]);
    });

    test('a watched item: goes to the trash after its days, and not before; the files stay for a week', async () => {
      await add(1);
      await setRule({ watchedDays: 10 });
      await watch(anna);
      wait(9.9);
      expect(await sweep()).toEqual([FILM]);
      wait(0.2);
      expect(await sweep()).toEqual([]);
      expect((await owner.ask('get', '/api/trash')).body).toMatchObject({ media: [{ id: FILM }] });
    });

    test('a new rule: takes nothing in its first day', async () => {
      await add(1);
      await watch(anna);
      wait(30);
      await owner.ask('patch', '/api/storage/rules', {
        scope: { kind: 'installation' },
        rule: { ...NONE, watchedDays: 1 },
      });
      wait(0.9);
      expect(await sweep()).toEqual([FILM]);
      wait(0.2);
      expect(await sweep()).toEqual([]);
    });

    test('the rule of a person: replaces that of the installation as a whole, also with nothing', async () => {
      await add(1);
      await add(2, { personId: null });
      await setRule({ watchedDays: 1 });
      await setRule({}, { kind: 'person', id: annaId });
      for (const number of [1, 2]) await watch(anna, 100, number);
      wait(30);
      expect(await sweep()).toEqual([FILM]);
      await setRule(null, { kind: 'person', id: annaId });
      expect(await sweep()).toEqual([]);
    });

    test('keep the last two: of each person, watched ones beyond them go, and unwatched ones are asked about', async () => {
      for (const number of [1, 2, 3, 4]) await add(number);
      await add(5, { personId: null, createdAt: 1 });
      await watch(anna, 100, 1);
      await setRule({ keepLast: 2 });
      expect(await sweep()).toEqual([2, 3, 4, 5].map(mediaId));
      expect(await api.retention.questions()).toMatchObject([{ mediaId: mediaId(2), reason: 'keep-last' }]);
    });

    test('a member: reads and changes nothing', async () => {
      const change = { scope: { kind: 'installation' }, rule: { ...NONE, watchedDays: 1 } };
      expect((await anna.ask('get', '/api/storage')).status).toBe(403);
      expect((await anna.ask('patch', '/api/storage/rules', change)).status).toBe(403);
      expect(await api.retention.rules()).toEqual([]);
    });
  });

  describe('watched', () => {
    beforeEach(async () => {
      await add(1);
      await setRule({ watchedDays: 1 });
    });

    test('by somebody else only: it does not go', async () => {
      await watch(bert);
      wait(30);
      expect(await sweep()).toEqual([FILM]);
    });

    test('by its person, while somebody is in the middle of it: it stays, until they have been away for a month', async () => {
      await watch(anna);
      await watch(bert, 50);
      wait(29);
      expect(await sweep()).toEqual([FILM]);
      wait(2);
      expect(await sweep()).toEqual([]);
    });

    test('an item of a person who was removed: counts as nobody’s', async () => {
      await watch(bert);
      await owner.ask('delete', `/api/people/${annaId}`);
      wait(30);
      expect(await sweep()).toEqual([]);
    });
  });

  describe('protected', () => {
    beforeEach(async () => {
      await add(1);
      await setRule({ watchedDays: 1 });
      await watch(anna);
      wait(30);
    });

    test('kept: it stays until the mark is taken away', async () => {
      expect((await anna.ask('patch', `/api/media/${FILM}`, { isKept: true })).body).toMatchObject({ isKept: true });
      wait(30);
      expect(await sweep()).toEqual([FILM]);
      expect((await bert.ask('patch', `/api/media/${FILM}`, { isKept: false })).status).toBe(403);
      expect(await sweep()).toEqual([FILM]);
      await anna.ask('patch', `/api/media/${FILM}`, { isKept: false });
      expect(await sweep()).toEqual([]);
    });

    test('shared: it stays as long as the link is good', async () => {
      await anna.ask('post', `/api/media/${FILM}/shares`, { lifetimeSeconds: 86_400 });
      expect(await sweep()).toEqual([FILM]);
      wait(1.1);
      expect(await sweep()).toEqual([]);
    });

    test('open on a page, by somebody without positions: it stays for hours, also after a restart', async () => {
      await bert.ask('get', `/api/media/${FILM}`);
      expect(await sweep()).toEqual([FILM]);
      const restarted = createCandidateStore({ database: api.database, lastUse: () => undefined });
      expect((await restarted.one(FILM))?.usedAt).toBe(api.nowMs);
      wait(0.4);
      expect(await sweep()).toEqual([]);
    });

    test('played again, with a position that is in memory only: it stays', async () => {
      await watch(bert, 5);
      await api.retention.sweep.run();
      expect(await listed()).toEqual([FILM]);
    });

    test('requested on the station: it stays', async () => {
      await owner.ask('post', '/api/station/requests', { mediaId: FILM });
      expect(await sweep()).toEqual([FILM]);
    });

    test('Play is pressed after the decision and before the move is done: the item is in the library', async () => {
      await api.positions.stop();
      let isPressed = false;
      await createRacingSweep(() => {
        isPressed = true;
        return Promise.resolve();
      }).run();
      expect(isPressed).toBe(true);
      expect(await listed()).toEqual([FILM]);
      await createRacingSweep().run();
      expect(await listed()).toEqual([FILM]); // it is playing
      wait(1);
      await createRacingSweep().run();
      expect(await listed()).toEqual([]);
    });
  });

  /** A sweep during whose move somebody presses Play. */
  function createRacingSweep(onPlay?: () => Promise<void>) {
    const { database, retention } = api;
    const clock = () => api.nowMs;
    const uses = createItemUses(database, clock);
    const candidates = createCandidateStore({ database, lastUse: (id) => uses.lastUse(id) });
    const { trash } = api.library;
    return createRetentionSweep({
      ...{ database, uses, clock, logger: createLogger({ service: 'test', level: 'silent' }) },
      plan: createRetentionPlan({
        rules: createRuleStore(database),
        ranks: () => Promise.resolve([]),
        candidates,
        clock,
      }),
      space: () =>
        Promise.resolve({ totalBytes: 1, freeBytes: 1, limitBytes: 1, roomBytes: 1, level: 'ok', missingBytes: 0 }),
      questions: { update: () => Promise.resolve() },
      relief: { free: () => Promise.resolve(0) },
      isOnAir: () => Promise.resolve(false),
      trash: {
        restore: (id) => trash.restore(id),
        addIf: (id, mayGo) =>
          trash.addIf(id, async () => {
            const isDecided = await mayGo();
            if (onPlay) {
              uses.note(id);
              retention.uses.note(id);
              await uses.write();
              await onPlay();
            }
            return isDecided;
          }),
      },
    });
  }
});
