import { until } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleNotice } from '../notices/sample-notice.ts';
import { createTestBot, MEMBER, MEMBER_CODE, OWNER_CODE } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';
const GUEST = 700;
const GROUP = -1001234;
const ACCEPT_CALL = /^POST \/internal\/invitations\/accept$/;

describe('/start with the code of an invitation', () => {
  it('sent by a stranger: lets them in under their name, and their next link is submitted in their name', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`);
    await bot.says('Welcome! You have joined this Linkcast.', GUEST);
    expect(bot.ytApp.people.get(GUEST)).toMatchObject({ role: 'member', name: `Person ${GUEST}` });
    bot.telegram.say(GUEST, `/dv ${LINK}`);
    await bot.job(LINK);
    expect(bot.ytApp.people.callersOf(/^POST \/api\/jobs$/)).toEqual([GUEST]);
  });

  it('of an owner, sent by a stranger: they get the menu of owners, and the notices', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.setHealth({ notices: [sampleNotice()] });
    bot.start();
    bot.telegram.say(GUEST, `/start ${OWNER_CODE}`);
    await bot.says('You are now an owner', GUEST);
    await until(() => bot.telegram.commands(GUEST, 'en')['stats'] !== undefined);
    await bot.says('Port 443 is closed', GUEST);
  });

  it('sent by a member: makes them an owner if it says so, and otherwise changes nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/help');
    await bot.says('Paste a link');
    bot.telegram.say(MEMBER, `/start ${MEMBER_CODE}`);
    await bot.says('You are already in.');
    bot.telegram.say(MEMBER, `/start ${OWNER_CODE}`);
    await bot.says('You are now an owner');
    bot.telegram.say(MEMBER, `/start ${MEMBER_CODE}`);
    await until(() => bot.said().filter(({ text }) => text.includes('You are already in.')).length === 2);
    expect(bot.ytApp.people.get(MEMBER)?.role).toBe('owner');
  });

  it('that is wrong: is refused with the reason, and after too many of them yt-app compares no more', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (let attempt = 0; attempt < 8; attempt += 1) bot.telegram.say(GUEST, `/start wrong-code-${attempt}`);
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`);
    await bot.says('This invitation is not valid', GUEST);
    await bot.says('Too many requests', GUEST);
    await bot.hasReadAll();
    expect(bot.said(GUEST).filter(({ text }) => text.includes('Too many requests'))).toHaveLength(1);
    expect(bot.ytApp.people.get(GUEST)).toBeUndefined();
  });

  it('delivered twice, also after a restart: is answered once', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.openChat(GUEST);
    const from = { id: GUEST, is_bot: false, first_name: 'G' };
    const message = {
      message_id: 40,
      from,
      chat: { id: GUEST, type: 'private' },
      date: 1,
      text: `/start ${MEMBER_CODE}`,
    };
    const updateId = bot.telegram.send({ message });
    await bot.says('You have joined', GUEST);
    await bot.restart();
    bot.telegram.send({ message, update_id: updateId }, { force: true });
    await bot.hasReadAll();
    expect(bot.said(GUEST)).toHaveLength(1);
  });

  it('sent while yt-app is unreachable: asks to try again, and works when yt-app is back', async () => {
    await using bot = await createTestBot();
    await bot.ytApp.down();
    bot.start();
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`);
    await bot.says('Linkcast is not responding. Try again', GUEST);
    await bot.ytApp.up();
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`);
    await bot.says('You have joined', GUEST);
  });

  it('forwarded, in a caption of a forwarded photo, or in a group: accepts nothing', async () => {
    await using bot = await createTestBot();
    bot.start();
    const forwarded = { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'x' } };
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`, { members: forwarded });
    bot.telegram.say(GUEST, '', { members: { text: undefined, caption: `/start ${MEMBER_CODE}`, ...forwarded } });
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`, { chatId: GROUP });
    bot.telegram.say(MEMBER, `/start ${OWNER_CODE}`, { members: forwarded });
    await bot.says('Send me a link, or /help.');
    expect(bot.ytApp.people.callersOf(ACCEPT_CALL)).toEqual([]);
    expect(bot.ytApp.people.get(GUEST)).toBeUndefined();
  });

  it('accepted: the code is in no log line and in no file', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(GUEST, `/start ${MEMBER_CODE}`);
    bot.telegram.say(GUEST, '/start canary-wrong-code');
    await bot.says('This invitation is not valid', GUEST);
    await bot.stop();
    const files = await readdir(bot.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(bot.folder, file), 'latin1')));
    for (const text of [bot.log(), ...contents])
      for (const code of [MEMBER_CODE, 'canary-wrong-code']) expect(text.includes(code)).toBe(false);
  });
});
