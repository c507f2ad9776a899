import { Problem } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { sampleNotice } from '../notices/sample-notice.ts';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const SITE = 'http://localhost:8080';
const OWNER = 700;

describe('a job of a Russian speaker', () => {
  it('running to its end: shows progress, links and buttons in Russian', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'ru');
    bot.start();
    bot.telegram.say(MEMBER, LINK);
    const offer = await bot.says('Видео или аудио?');
    expect(buttonsOf(offer)).toEqual(['🎬 Видео', '🎵 Аудио']);
    bot.telegram.press(MEMBER, offer.messageId, 'Видео');
    const { id } = await bot.job(LINK);
    await bot.says('В очереди');
    expect(bot.telegram.calls('answerCallbackQuery').at(-1)?.parameters['text']).toBe('Принято');

    bot.ytApp.download(id, 0.25);
    const progress = await bot.says('25 %');
    expect(progress.text).toBe('🎬 A film\nСкачивается · 25 %\n▰▰▰▱▱▱▱▱▱▱▱▱\n7,5 МБ из 30 МБ · 2 МБ/с · осталось 11 с');
    expect(buttonsOf(progress)).toEqual(['Отмена']);
    bot.ytApp.download(id, 0.3, { playable: true });
    await bot.says(`▶️ Смотреть сейчас: ${SITE}`);

    bot.ytApp.finish(id);
    const end = await bot.says('✅ Готово · без перекодирования');
    expect(end.text).toContain('▶️ Смотреть: ');
    expect(end.text).toContain('ссылка открывается тем, кто вошёл на сайт');
    expect(buttonsOf(end)).toEqual(['Поделиться', '📌 Оставить', '🎵 Сделать аудио', '⬆️ Загрузить заново']);
    expect(end.messageId).toBe(offer.messageId);
    bot.telegram.press(MEMBER, end.messageId, 'Поделиться');
    const shared = await bot.says('Общие ссылки может открыть каждый');
    expect(buttonsOf(shared)).toEqual(['Закрыть доступ', '📌 Оставить', '🎵 Сделать аудио', '⬆️ Загрузить заново']);
  });

  it('failed with too-long: shows the reason in Russian, and the limit in Russian units', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'ru-RU');
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const problem = new Problem('too-long', { limit: { kind: 'duration', seconds: 21_600 } });
    bot.ytApp.change(id, {
      state: 'failed',
      problem: problem.toDocument({ title: 'Too long', sentence: 'This is longer than the limit of 6 h.' }),
      finishedAt: new Date().toISOString(),
    });
    const end = await bot.says('❌');
    expect(end.text).toContain('❌ Запись длиннее допустимого (предел: 6 ч).');
  });

  it('refused temporarily by yt-app: shows the reason in Russian', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'ru');
    bot.ytApp.refuse({ problem: 'queue-full', retryAfterSeconds: 60 });
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const waiting = await bot.says('⚠️');
    expect(waiting.text).toMatch(/⚠️ Очередь .* Продолжаю попытки\.$/);
  });
});

describe('a job of a Spanish speaker', () => {
  it('failed after some progress: shows the progress and the reason in Spanish', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'es-419');
    bot.start();
    bot.telegram.say(MEMBER, `/da ${LINK}`);
    const { id } = await bot.job(LINK);
    bot.ytApp.download(id, 0.5);
    const progress = await bot.says('50 %');
    expect(progress.text).toContain('Descargando · 50 %');
    expect(progress.text).toContain('15 MB de 30 MB · 2 MB/s · faltan 8 s');
    bot.ytApp.fail(id, 'source-drm');
    const end = await bot.says('❌');
    expect(end.text).toContain('❌ Esto está protegido con DRM y no se puede descargar.');
  });

  it('in a group with a job of an English speaker: each message is in the language of its requester', async () => {
    await using bot = await createTestBot();
    const group = -1001;
    bot.telegram.setLanguage(MEMBER, 'es');
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(MEMBER, '/dv https://example.com/1', { chatId: group });
    bot.telegram.say(502, '/dv https://example.com/2', { chatId: group });
    await bot.says('En cola', group);
    await bot.says('Waiting in the queue', group);
  });
});

describe('notices and answers about the server', () => {
  it('notices for two owners: reach each owner in their own language', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(OWNER, 'ru');
    bot.start({ owners: [OWNER, 701], noticesMs: 30 });
    for (const owner of [OWNER, 701]) bot.telegram.say(owner, '/cancel');
    await bot.says('Отменять нечего', OWNER);
    await bot.says('nothing to cancel', 701);
    const local = { sentence: 'No DOMAIN_NAME is set.', message: message('reach-local') };
    bot.ytApp.access.setHealth({
      notices: [sampleNotice({ key: 'a', ...local }), sampleNotice({ key: 'b', sentence: 'An old sentence.' })],
    });
    await bot.says('⚠️ DOMAIN_NAME не задан, поэтому снаружи сайт недоступен.', OWNER);
    await bot.says('⚠️ An old sentence.', OWNER);
    await bot.says('⚠️ No DOMAIN_NAME is set', 701);
  });

  it('/stats of a Russian speaker: translates check names, sentences and dates, and shows an unknown check unchanged', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(OWNER, 'ru');
    bot.start({ owners: [OWNER] });
    bot.ytApp.access.setHealth({
      checks: [
        { name: 'database', ok: true, detail: '' },
        { name: 'worker', ok: true, detail: '3 workers', message: message('workers-busy', { count: 3 }) },
        { name: 'a newer check', ok: true, detail: 'as it came' },
      ],
      reachability: { state: 'local', sentence: 'No name.', message: message('reach-local') },
    });
    bot.telegram.say(OWNER, '/stats');
    const { text } = await bot.says('всё работает', OWNER);
    expect(text).toContain('✓ база данных\n✓ процесс загрузки: подключено: 3 загрузчика\n✓ a newer check: as it came');
    expect(text).toContain('✓ media.example.org указывает сюда');
    expect(text).toContain('✓ действителен до 28 января 2031 года (E7)');
    expect(text).toContain('DOMAIN_NAME не задан');
  });

  it('/signout of a Russian speaker: shows the number of devices with its plural form', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'ru');
    bot.start();
    bot.telegram.say(MEMBER, '/signout');
    await bot.says('Выполнен выход на 2 устройствах.');
  });
});
