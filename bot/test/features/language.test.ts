import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const GROUP = -1001234;

describe('/lang', () => {
  it('sent by a Spanish speaker: lists the languages by their own names, with the current one marked', async () => {
    await using bot = await createTestBot();
    bot.telegram.setLanguage(MEMBER, 'es');
    bot.start();
    bot.telegram.say(MEMBER, '/lang');
    expect(buttonsOf(await bot.says('¿'))).toEqual(['English', '✓ Español', 'Русский']);
  });

  it('a button pressed: the choice is confirmed in the new language, and the mark moves to it', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/lang');
    const question = await bot.says('Which language');
    bot.telegram.press(MEMBER, question.messageId, 'Русский');
    await bot.says('Теперь я буду писать по-русски.');
    const marked = await bot.says('На каком языке вам писать?');
    expect(marked.messageId).toBe(question.messageId);
    expect(buttonsOf(marked)).toEqual(['English', 'Español', '✓ Русский']);
    await until(() => bot.telegram.calls('answerCallbackQuery').length === 1);
  });

  it('a chosen language: has priority over that of Telegram, in open status messages and after a restart', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, `/dv ${LINK}`);
    const { id } = await bot.job(LINK);
    const status = await bot.says('Waiting in the queue');
    bot.telegram.say(MEMBER, '/lang');
    bot.telegram.press(MEMBER, (await bot.says('Which language')).messageId, 'Español');
    expect((await bot.says('En cola')).messageId).toBe(status.messageId);
    await bot.restart();
    bot.ytApp.finish(id);
    expect((await bot.says('✅ Listo')).messageId).toBe(status.messageId);
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('No hay nada que cancelar.');
  });

  it('a button pressed by another member in a group: changes the language of that member only', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [MEMBER, 502] });
    bot.telegram.say(MEMBER, '/lang', { chatId: GROUP });
    const question = await bot.says('Which language', GROUP);
    bot.telegram.press(502, question.messageId, 'Русский', { chatId: GROUP });
    await bot.says('Теперь я буду писать по-русски.', GROUP);
    bot.telegram.say(502, '/cancel');
    await bot.says('Отменять нечего.', 502);
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('There is nothing to cancel.');
  });

  it('a button with data for an unknown language: changes nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/lang');
    const { messageId } = await bot.says('Which language');
    const from = { id: MEMBER, is_bot: false, first_name: 'X' };
    const inChat = { message_id: messageId, chat: { id: MEMBER, type: 'private' } };
    bot.telegram.send({ callback_query: { id: 'f1', from, chat_instance: '1', data: 'l:xx', message: inChat } });
    await bot.hasReadAll();
    await bot.says('Paste a link');
  });
});

describe('a person without a chosen language', () => {
  it('updates with different language codes: the last code determines the language, and a missing code changes nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (const [code, answer] of [
      ['ru', 'Отменять нечего.'],
      [undefined, 'Отменять нечего.'],
      ['es', 'No hay nada que cancelar.'],
      ['de', 'There is nothing to cancel.'],
    ] as const) {
      const before = bot.said().length;
      bot.telegram.setLanguage(MEMBER, code);
      bot.telegram.say(MEMBER, '/cancel');
      await until(() => bot.said().length > before);
      expect(bot.said().at(-1)?.text).toContain(answer);
    }
  });

  it('an unsupported language code: members and strangers are answered in the language of the installation', async () => {
    await using bot = await createTestBot();
    for (const user of [MEMBER, 900]) bot.telegram.setLanguage(user, 'de');
    bot.telegram.setLanguage(901, 'es');
    bot.start({ language: 'ru' });
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('Отменять нечего.');
    bot.telegram.say(900, '/start');
    await bot.says('Это закрытый бот.', 900);
    bot.telegram.say(901, '/start');
    await bot.says('Este bot es privado.', 901);
  });
});

describe('a language in yt-app', () => {
  it('chosen on the site: has priority over that of Telegram, also in the menu', async () => {
    await using bot = await createTestBot();
    bot.ytApp.people.add(MEMBER, 'member', { language: 'es' });
    bot.telegram.setLanguage(MEMBER, 'ru');
    bot.start();
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('No hay nada que cancelar.');
    await until(() => bot.telegram.commands(MEMBER, 'ru')['dv'] === 'Descargar un vídeo');
  });

  it('chosen with /lang while yt-app is unreachable: is used at once, and sent in the name of the person until yt-app accepts it', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    await bot.ytApp.down();
    bot.telegram.say(MEMBER, '/lang');
    bot.telegram.press(MEMBER, (await bot.says('Which language')).messageId, 'Русский');
    await bot.says('Теперь я буду писать по-русски.');
    await bot.stop();
    await bot.ytApp.up();
    const fault = { path: /^PATCH \/api\/me$/, problem: 'internal' } as const;
    bot.ytApp.access.refuseCall(fault);
    bot.start();
    await until(() => bot.ytApp.people.get(MEMBER)?.language === 'ru');
    expect(new Set(bot.ytApp.people.callersOf(fault.path))).toEqual(new Set([MEMBER]));
    bot.telegram.say(MEMBER, '/cancel');
    await bot.says('Отменять нечего.');
  });

  it('refused by yt-app, because the person was removed: is not sent again', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/lang');
    const { messageId } = await bot.says('Which language');
    bot.ytApp.people.remove(MEMBER);
    bot.telegram.press(MEMBER, messageId, 'Русский');
    await until(() => bot.log().includes('language of a person could not be sent'));
    await bot.restart({ members: [] });
    bot.telegram.say(900, '/start');
    await bot.says('This bot is private.', 900);
    expect(bot.ytApp.people.callersOf(/^PATCH \/api\/me$/)).toEqual([MEMBER]);
  });
});
