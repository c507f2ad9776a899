import { openDatabase, type Database } from '@linkcast/kit';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations, openBotDatabase } from '../../src/bot-database.ts';
import { createLanguageStore } from '../../src/people/language-store.ts';
import { pruneBotDatabase } from '../../src/pruning.ts';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
/** The migrations of the version before languages. */
const BEFORE = migrations.slice(0, 2);

describe('the language store', () => {
  it('a person with a chosen language and a language of Telegram: the choice has priority, then Telegram, then the default', async () => {
    await using bot = await createTestBot();
    const database = openBotDatabase(path.join(bot.folder, 'languages.sqlite'));
    const store = createLanguageStore(database, 'es');
    expect(store.languageOf(7)).toBe('es');
    store.setLanguageCode(7, 'ru');
    expect(store.languageOf(7)).toBe('ru');
    store.choose(7, 'en');
    store.setLanguageCode(7, 'es');
    expect(store.languageOf(7)).toBe('en');
    database.close();
  });

  it('a stored choice that this version does not support: the language of Telegram is used', async () => {
    await using bot = await createTestBot();
    const database = openBotDatabase(path.join(bot.folder, 'languages.sqlite'));
    database.prepare("INSERT INTO people (user_id, language, language_code) VALUES (7, 'xx', 'ru')").run();
    expect(createLanguageStore(database, 'es').languageOf(7)).toBe('ru');
    database.close();
  });

  it('pruning the database: keeps the languages, and deletes people without any data', async () => {
    await using bot = await createTestBot();
    const database = openBotDatabase(path.join(bot.folder, 'languages.sqlite'));
    const store = createLanguageStore(database, 'en');
    store.choose(7, 'es');
    store.setLanguageCode(8, 'ru');
    database.prepare('INSERT INTO people (user_id) VALUES (9)').run();
    pruneBotDatabase(database, Date.now());
    expect([store.languageOf(7), store.languageOf(8)]).toEqual(['es', 'ru']);
    expect(database.prepare('SELECT count(*) FROM people').pluck().get()).toBe(2);
    database.close();
  });
});

function addFailedRequest(database: Database, key: string, messageId: number, ending: unknown): void {
  database
    .prepare(
      `INSERT INTO requests (key, chat_id, user_id, url, type, state, status_message_id, ending, changed_at)
       VALUES (?, ?, ?, ?, 'video', 'ended', ?, ?, ?)`,
    )
    .run(key, MEMBER, MEMBER, LINK, messageId, JSON.stringify(ending), Date.now());
}

describe('a database of the previous version', () => {
  it('opened by this version: its failures are reported in the language of the requester, or with their stored sentence', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'ru');
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Вставьте ссылку');
    await bot.stop();

    const database = openDatabase(path.join(bot.folder, 'before.sqlite'), BEFORE);
    database.prepare('INSERT INTO people (user_id, is_owner) VALUES (700, 1)').run();
    const { problem, ...job } = failedJob();
    addFailedRequest(database, 'a', 901, { kind: 'job', job: { ...job, problem } });
    addFailedRequest(database, 'b', 902, { kind: 'refused', problem: { ...problem, code: 'of-long-ago' } });
    addFailedRequest(database, 'c', 903, { kind: 'refused', problem: { error: 'Only a sentence.', retryable: true } });
    database.close();
    bot.start({ databaseFile: path.join(bot.folder, 'before.sqlite'), language: 'ru', owners: [700] });
    await bot.says('❌ Это защищено DRM, скачать нельзя.');
    await bot.says('❌ This is protected by DRM, as it was said.');
    expect(buttonsOf(await bot.says('❌ Only a sentence.'))).toEqual(['Повторить']);
    bot.telegram.say(700, '/stats');
    await bot.says('✓ everything works', 700);
  });
});

/** A failed job as the version before stored it. */
function failedJob() {
  return {
    id: 'jobaaaaaaaaaaaaaaaaa',
    state: 'failed',
    type: 'video',
    url: LINK,
    quality: 'best',
    title: 'A film',
    progress: { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null },
    playable: false,
    handling: null,
    attempt: 0,
    mediaId: null,
    links: { page: null, hls: null, file: null },
    problem: {
      type: 'urn:linkcast:problem:source-drm',
      title: 'Protected',
      status: 422,
      error: 'This is protected by DRM, as it was said.',
      code: 'source-drm',
      retryable: false,
    },
    createdAt: '2026-11-01T10:00:00.000Z',
    startedAt: null,
    playableAt: null,
    finishedAt: '2026-11-01T10:01:00.000Z',
  };
}
