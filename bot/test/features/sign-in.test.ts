import { until } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPersonStore, MAX_SIGN_INS } from '../../src/people/person-store.ts';
import { openBotDatabase } from '../../src/bot-database.ts';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';

const SITE = 'http://localhost:8080';
const GROUP = -1001234;
const CODE_CALL = /^POST \/api\/sign-in-codes$/;

describe('/signin', () => {
  it('sent by a member: is answered with a sign-in link and the code to type on a TV, without a link preview', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/signin');
    const answer = await bot.says('Open this link to sign in');
    const [code] = bot.ytApp.access.codes;
    expect(code?.telegramId).toBe(MEMBER);
    expect(answer.text).toContain(`${SITE}/sign-in#${code?.code ?? ''}`);
    expect(answer.text).toContain(`open ${SITE}/sign-in and type this code:\n${code?.code ?? ''}\n`);
    expect(answer.text).toContain('within the next 15 minutes');
    expect(answer.text).toContain('work only on the computer that runs it');
    expect(answer.entities).toMatchObject([{ type: 'code' }]);
    expect(buttonsOf(answer)).toEqual([]);
    const sent = bot.telegram.calls('sendMessage').at(-1);
    expect(sent?.parameters['link_preview_options']).toEqual({ is_disabled: true });
  });

  it('sent to a bot with a public site: is answered with a sign-in button', async () => {
    await using bot = await createTestBot();
    bot.start({ siteUrl: 'https://media.example.org' });
    bot.telegram.say(MEMBER, '/signin');
    const answer = await bot.says('Open this link to sign in');
    const [code] = bot.ytApp.access.codes;
    const url = `https://media.example.org/sign-in#${code?.code ?? ''}`;
    expect(answer.keyboard).toEqual([[{ text: 'Sign in', url }]]);
    expect(answer.text).not.toContain('has no domain name yet');
  });

  it('sent in a group: is answered with a hint, and no code is made', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/signin', { chatId: GROUP });
    await bot.says('Send /signin in our private chat', GROUP);
    await bot.hasReadAll();
    expect(bot.ytApp.access.codes).toEqual([]);
  });

  it('sent by a stranger: is refused, and no code is made', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(900, '/signin');
    await bot.says('This bot is private.', 900);
    await bot.hasReadAll();
    expect(bot.ytApp.access.codes).toEqual([]);
  });

  it('sent a sixth time within an hour: is refused, even after a restart of the bot', async () => {
    await using bot = await createTestBot();
    bot.start();
    for (let count = 0; count < MAX_SIGN_INS; count += 1) bot.telegram.say(MEMBER, '/signin');
    await until(() => bot.ytApp.access.codes.length === MAX_SIGN_INS);
    await bot.restart();
    bot.telegram.say(MEMBER, '/signin');
    await bot.says('5 sign-in links an hour');
    expect(bot.ytApp.access.codes).toHaveLength(MAX_SIGN_INS);
  });

  it('sent while yt-app is unreachable: is answered with the reason, and works again when yt-app is back', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    await bot.ytApp.down();
    bot.telegram.say(MEMBER, '/signin');
    await bot.says('Linkcast is not responding');
    await bot.ytApp.up();
    bot.telegram.say(MEMBER, '/signin');
    await bot.says('Open this link to sign in');
  });

  it('refused by yt-app with too-many-requests: the answer reports no outage, and the log has the problem', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.refuseCall({ path: CODE_CALL, problem: 'too-many-requests' });
    bot.start();
    bot.telegram.say(MEMBER, '/signin');
    await until(() => bot.said().length === 1);
    expect(bot.said()[0]?.text).not.toContain('Linkcast is not responding');
    expect(bot.log()).toContain('too-many-requests');
  });

  it('with an answer that Telegram fails to accept at first: the answer is sent again with the same code', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    bot.telegram.fail({ kind: 'reset', method: 'sendMessage', times: 3 });
    bot.telegram.say(MEMBER, '/signin');
    await bot.says('Open this link to sign in');
    expect(bot.ytApp.access.codes).toHaveLength(1);
  });

  it('unanswered when the bot restarts: is answered after the start', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    const clear = bot.telegram.fail({ kind: 'reset', method: 'sendMessage', times: Infinity });
    bot.telegram.say(MEMBER, '/signin');
    await until(() => bot.ytApp.access.codes.length > 0);
    await bot.stop();
    clear();
    bot.start();
    await bot.says('Open this link to sign in');
  });

  it('with an answer that waits for Telegram: the code is in no log line and in no file', async () => {
    await using bot = await createTestBot();
    bot.start();
    await bot.hasReadAll();
    const clear = bot.telegram.fail({ kind: 'html', method: 'sendMessage', times: Infinity });
    bot.telegram.say(MEMBER, '/signin');
    await until(() => bot.ytApp.access.codes.length > 0);
    await until(() => bot.log().includes('message waits'));
    const files = await readdir(bot.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(bot.folder, file), 'latin1')));
    clear();
    await bot.says('Open this link to sign in');
    for (const { code } of bot.ytApp.access.codes)
      for (const text of [bot.log(), ...contents]) expect(text.includes(code)).toBe(false);
  });
});

describe('/signout', () => {
  it('sent by a member: ends all sessions of the member, and reports their number', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/signout');
    await bot.says('Signed out on 2 devices.');
    expect(bot.ytApp.access.signOuts).toEqual([MEMBER]);
  });
});

it('a sixth sign-in link within an hour: is refused to that person only, and allowed again an hour later', () => {
  let now = 1_000_000_000_000;
  const database = openBotDatabase(':memory:');
  const people = createPersonStore(database, () => now);
  const asked = Array.from({ length: MAX_SIGN_INS + 1 }, () => people.maySignIn(1));
  expect(asked).toEqual([true, true, true, true, true, false]);
  expect(people.maySignIn(2)).toBe(true);
  now += 3_600_001;
  expect(people.maySignIn(1)).toBe(true);
  database.close();
});
