import { until, type RecordedCall } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER, OWNER_CODE } from '../test-bot.ts';

const OWNER = 700;

function commandsOf(call: RecordedCall | undefined): unknown[] {
  const commands = call?.parameters['commands'];
  if (!Array.isArray(commands)) throw new Error('no commands');
  return commands.map((one: { command: string }) => one.command);
}

describe('the command menu', () => {
  it('of members and of owners: contains /stats for owners only', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(OWNER);
    bot.start({ owners: [OWNER] });
    await bot.hasReadAll();
    const calls = bot.telegram.calls('setMyCommands');
    const members = calls.find((call) => call.parameters['scope'] === undefined);
    const owner = calls.find((call) => call.parameters['scope'] !== undefined);
    expect(commandsOf(members)).toEqual([
      'dv',
      'da',
      'follow',
      'following',
      'signin',
      'signout',
      'reports',
      'lang',
      'cancel',
      'help',
      'start',
    ]);
    expect(commandsOf(owner)).toContain('stats');
    expect(owner?.parameters['scope']).toEqual({ type: 'chat', chat_id: OWNER });
    expect((await bot.says('Paste a link')).text).not.toContain('/stats');
    bot.telegram.say(OWNER, '/help');
    expect((await bot.says('Paste a link', OWNER)).text).toContain('/stats');
  });

  it('of a person with an unsupported language: is in the language of the installation, otherwise in their own', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(OWNER);
    bot.start({ owners: [OWNER], language: 'es' });
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    const { telegram } = bot;
    expect(telegram.commands(MEMBER, 'ru')['lang']).toBe('Сменить язык');
    expect(telegram.commands(MEMBER, 'en')['dv']).toBe('Download a video');
    expect(telegram.commands(MEMBER, 'de')['dv']).toBe('Descargar un vídeo');
    expect(telegram.commands(MEMBER, 'ru')['stats']).toBeUndefined();
    expect(telegram.commands(OWNER, 'ru')['stats']).toBe('Состояние системы');
    expect(telegram.commands(OWNER, 'de')['stats']).toBe('Estado del sistema');
  });

  it('of a person who has chosen a language: is in that language, whatever Telegram uses, also after a restart', async () => {
    await using bot = await createTestBot();
    bot.telegram.openChat(OWNER);
    bot.start({ owners: [OWNER] });
    for (const userId of [MEMBER, OWNER]) {
      bot.telegram.say(userId, '/lang');
      const { messageId } = await bot.says('Which language should I use?', userId);
      bot.telegram.press(userId, messageId, 'Español');
    }
    const { telegram } = bot;
    await until(() => telegram.commands(MEMBER, 'en')['dv'] === 'Descargar un vídeo');
    await until(() => telegram.commands(OWNER, 'ru')['stats'] === 'Estado del sistema');
    expect(telegram.commands(MEMBER, 'ru')['stats']).toBeUndefined();
    expect(telegram.commands(702, 'en')['dv']).toBe('Download a video');

    await bot.restart({ owners: [OWNER] });
    await bot.hasReadAll();
    expect(telegram.commands(OWNER, 'en')['stats']).toBe('Estado del sistema');
  });

  it('of a person who becomes an owner: contains /stats at once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(OWNER, `/start ${OWNER_CODE}`);
    await bot.says('You are now an owner', OWNER);
    await until(() => bot.telegram.calls('setMyCommands').some((call) => commandsOf(call).includes('stats')));
  });

  it('of an owner who never wrote to the bot: is refused by Telegram, and the bot logs it and keeps running', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER, 701] });
    await bot.hasReadAll();
    expect(bot.log()).toContain('telegram refused a setting');
  });
});

describe('the menu button', () => {
  it('with a public site: opens the site as a Mini App', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    await bot.hasReadAll();
    expect(bot.telegram.calls('setChatMenuButton').map((call) => call.parameters['menu_button'])).toEqual([
      { type: 'web_app', text: 'Open', web_app: { url: 'https://media.example.org/' } },
    ]);
  });

  it.each(['http://localhost:8080', 'https://192.168.0.4:4433'])(
    'with the site %s: is the default button',
    async (siteUrl) => {
      await using bot = await createTestBot();
      bot.start({ siteUrl });
      await bot.hasReadAll();
      expect(bot.telegram.calls('setChatMenuButton').map((call) => call.parameters['menu_button'])).toEqual([
        { type: 'default' },
      ]);
    },
  );

  it('refused by Telegram: the bot still answers messages', async () => {
    await using bot = await createTestBot();
    bot.telegram.fail({ kind: 'refuse', code: 400, description: 'Bad Request: no', method: 'setChatMenuButton' });
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    const help = await bot.says('Paste a link');
    expect(help.text).toContain('/signin');
  });
});
