import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const OWNER = 700;
const GROUP = -1001234;

describe.each(['/stats', '/doctor', '/deliveries'])('%s', (command) => {
  it('sent by a member, by a stranger or in a group: is refused', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    bot.telegram.say(MEMBER, command);
    await bot.says('Only the owner can use this.');
    bot.telegram.say(OWNER, command, { chatId: GROUP });
    const { text } = await bot.says('I answer this only in a private chat', GROUP);
    expect(text).toContain(command);
    bot.telegram.say(900, command);
    await bot.says('This bot is private.', 900);
  });

  it('sent while yt-app is unreachable: reports that Linkcast is not responding', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    bot.telegram.say(OWNER, '/help');
    await bot.says('Paste a link', OWNER);
    await bot.ytApp.down();
    bot.telegram.say(OWNER, command);
    await bot.says('Linkcast is not responding', OWNER);
  });
});
