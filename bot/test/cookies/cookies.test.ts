import { until } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const SECRET = 's3cret-of-the-session';
const TEXT = `.site.example\tTRUE\t/\tTRUE\t0\tsession\t${SECRET}\n`;
const { bot: words, problems } = textsOf('en');
type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** Sends a document with cookies; Telegram has its content. */
function send(bot: TestBot, content = TEXT, caption?: string, name = 'site.example_cookies.txt'): void {
  bot.telegram.addFile('jar', Buffer.from(content));
  const document = { file_id: 'jar', file_name: name, mime_type: 'text/plain' };
  const written = caption === undefined ? {} : { caption };
  bot.telegram.say(MEMBER, '', { members: { text: undefined, entities: undefined, document, ...written } });
}
const documents = (bot: TestBot) => bot.telegram.messages(MEMBER).filter(({ text }) => !text);

describe('a file with cookies', () => {
  it('from a person: goes to yt-app in their name, and the message is deleted', async () => {
    await using bot = await createTestBot();
    bot.start();
    send(bot);
    await bot.says(`${words.cookies.stored('site.example')} ${words.cookies.deleted}`);
    const person = bot.ytApp.people.get(MEMBER);
    expect(bot.ytApp.cookies.given()).toEqual([{ personId: person?.id, text: TEXT, site: undefined }]);
    expect(bot.telegram.calls('deleteMessage')).toHaveLength(1);
    expect(documents(bot).every(({ deleted }) => deleted)).toBe(true);
    expect(bot.log()).not.toContain(SECRET);
  });

  it.each([
    ['youtube.com', 'youtube.com'],
    ['for https://www.youtube.com/watch?v=1 please', 'https://www.youtube.com/watch?v=1'],
  ])('with the caption %s: is for that site', async (caption, site) => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, TEXT, caption);
    await until(() => bot.ytApp.cookies.given().length === 1);
    expect(bot.ytApp.cookies.given()[0]?.site).toBe(site);
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('that yt-app refuses: is answered with the reason, and deleted all the same', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.cookies.refuse('expired');
    send(bot);
    const reason = problems['cookies-refused'].sentence({ cookies: 'expired' });
    await bot.says(`${words.cookies.refused(reason)} ${words.cookies.deleted}`);
    expect(bot.telegram.calls('deleteMessage')).toHaveLength(1);
  });

  it('of 5 MB: is not given to yt-app, and deleted', async () => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, 'x'.repeat(5_000_000));
    await bot.says(words.cookies.tooLarge);
    expect(bot.ytApp.cookies.given()).toEqual([]);
    expect(bot.telegram.calls('deleteMessage')).toHaveLength(1);
  });

  it('whose message Telegram does not delete: asks the person to do it', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.fail({ method: 'deleteMessage', kind: 'refuse', code: 400, description: "message can't be deleted" });
    send(bot);
    await bot.says(words.cookies.undeleted);
  });

  it('of a stranger: is not read', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [] });
    send(bot);
    await bot.says('This bot is private');
    expect(bot.telegram.calls('getFile')).toEqual([]);
  });

  it('with another name: is no file with cookies', async () => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, TEXT, undefined, 'notes.txt');
    await bot.says(words.unknownText);
    expect(bot.ytApp.cookies.given()).toEqual([]);
  });
});
