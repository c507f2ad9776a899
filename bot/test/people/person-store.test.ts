import { describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrations, openBotDatabase } from '../../src/bot-database.ts';
import { createLanguageStore } from '../../src/people/language-store.ts';
import { createPeopleDirectory } from '../../src/people/people-directory.ts';
import { createPersonStore } from '../../src/people/person-store.ts';
import { createLogger, openDatabase } from '@linkcast/kit';
import type { Person } from '@linkcast/contracts';

const START = 1_000_000_000_000;
const MINUTE = 60_000;

function setUp() {
  const database = openBotDatabase(':memory:');
  const clock = { now: START };
  const people = createPersonStore(database, () => clock.now);
  return { database, clock, people, languages: createLanguageStore(database, 'en') };
}

const member = { role: 'member', language: 'es' } as const;

describe('a stored answer about a person', () => {
  it('to a call that began before the last stored answer: is ignored, unless the clock was set back', () => {
    const { clock, people } = setUp();
    clock.now += MINUTE;
    people.record(7, member, START);
    people.record(7, { role: 'owner', language: null }, START);
    expect(people.find(7)).toEqual({ ...member, answeredAt: START + MINUTE });
    clock.now = START - MINUTE;
    people.record(7, null, clock.now);
    expect(people.find(7)).toMatchObject({ role: null });
  });

  it('with another language: replaces the stored language, but not a choice that is still to be sent', () => {
    const { people, languages } = setUp();
    people.record(7, member, START);
    expect(languages.languageOf(7)).toBe('es');
    languages.choose(7, 'ru');
    people.record(7, member, START);
    expect(languages.languageOf(7)).toBe('ru');
    languages.markSent({ userId: 7, language: 'en' }); // an older choice
    people.record(7, member, START);
    expect(languages.languageOf(7)).toBe('ru');
    languages.markSent({ userId: 7, language: 'ru' });
    people.record(7, { role: 'member', language: null }, START);
    expect(languages.chosenLanguageOf(7)).toBeUndefined();
  });
});

describe('people of the version that kept a list of its own', () => {
  it('opened by this version: its owner is known, and chosen languages are kept and sent to yt-app', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-bot-'));
    const file = path.join(folder, 'bot.sqlite');
    const before = openDatabase(file, migrations.slice(0, 3));
    before.exec(`
      INSERT INTO people (user_id, is_owner, language) VALUES (1, 1, NULL), (2, 0, 'ru');
      INSERT INTO people (user_id, language_code) VALUES (3, 'es');
    `);
    before.close();
    const database = openBotDatabase(file);
    const people = createPersonStore(database);
    const languages = createLanguageStore(database, 'en');
    expect([1, 2, 3].map((id) => people.roleOf(id))).toEqual(['owner', undefined, undefined]);
    expect(people.find(2)).toBeUndefined();
    expect([1, 2, 3].map(languages.languageOf)).toEqual(['en', 'ru', 'es']);
    expect(languages.unsent()).toEqual([{ userId: 2, language: 'ru' }]);
    database.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('limits over time', () => {
  it('a stranger: is refused once a day, and asked to try again once a minute', () => {
    const { clock, people } = setUp();
    expect([people.mayRefuse(9), people.mayRefuse(9), people.mayRefuse(8)]).toEqual([true, false, true]);
    expect([people.mayHint(9), people.mayHint(9)]).toEqual([true, false]);
    clock.now += MINUTE;
    expect([people.mayHint(9), people.mayRefuse(9)]).toEqual([true, false]);
    clock.now += 24 * 60 * MINUTE;
    expect(people.mayRefuse(9)).toBe(true);
  });
});

describe('the directory', () => {
  it('asked about one person again and again: calls yt-app once a minute, and again when the clock was set back', async () => {
    const { clock, people } = setUp();
    let calls = 0;
    const getMe = (): Promise<Person> => {
      calls += 1;
      return Promise.resolve(person(7));
    };
    const directory = directoryOf({ people, clock, getMe });
    const ask = () => directory.standingOf(7);
    expect([await ask(), await ask()]).toEqual(['member', 'member']);
    expect(calls).toBe(1);
    clock.now += MINUTE;
    await ask();
    clock.now -= 10 * MINUTE;
    await ask();
    expect(calls).toBe(3);
  });

  it('while yt-app does not answer: uses the stored answer, calls yt-app once in two seconds, and at once when it is back', async () => {
    const { clock, people } = setUp();
    people.record(7, member, START);
    clock.now += MINUTE;
    let calls = 0;
    const getMe = (): Promise<Person> => {
      calls += 1;
      return Promise.reject(new Error('no answer'));
    };
    const directory = directoryOf({ people, clock, getMe });
    expect([await directory.standingOf(7), await directory.standingOf(8)]).toEqual(['member', 'unknown']);
    expect(calls).toBe(1);
    clock.now += 2000;
    await directory.standingOf(7);
    directory.retryNow();
    await directory.standingOf(7);
    expect(calls).toBe(3);
  });

  it('with another list of owners: reports each person who became or ceased to be one, and stores the list', async () => {
    const { clock, people } = setUp();
    const changed: number[] = [];
    let telegramIds = [1, 2];
    const directory = directoryOf({ people, clock, changed, listOwners: () => Promise.resolve({ telegramIds }) });
    expect(await directory.owners()).toEqual([1, 2]);
    telegramIds = [2, 3];
    expect(await directory.owners()).toEqual([2, 3]);
    expect(changed).toEqual([1, 2, 1, 3]);
    expect(people.owners()).toEqual([2, 3]);
    expect(people.roleOf(1)).toBe('member');
  });

  it('without an answer about the owners: returns those of the last answer', async () => {
    const { clock, people } = setUp();
    people.recordOwners([5]);
    const directory = directoryOf({ people, clock, listOwners: () => Promise.reject(new Error('no answer')) });
    expect(await directory.owners()).toEqual([5]);
  });
});

interface DirectoryParts extends Pick<ReturnType<typeof setUp>, 'people' | 'clock'> {
  readonly changed?: number[];
  readonly getMe?: () => Promise<Person>;
  readonly listOwners?: () => Promise<{ telegramIds: number[] }>;
}

function directoryOf({ people, clock, changed = [], getMe, listOwners }: DirectoryParts) {
  const none = () => Promise.reject(new Error('no such call'));
  return createPeopleDirectory({
    api: { acceptInTelegram: none, listOwnerAccounts: listOwners ?? none },
    getMe: getMe ?? none,
    people,
    onChange: (userId) => changed.push(userId),
    logger: createLogger({ service: 'bot', level: 'fatal', secrets: [] }),
    now: () => clock.now,
  });
}

function person(telegramId: number): Person {
  const facts = { limits: {}, name: null, language: null, isConsole: false, invitedBy: null, seenAt: null };
  return { id: 'p', role: 'member', telegramId, createdAt: new Date(START).toISOString(), ...facts };
}
