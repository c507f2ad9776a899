import { until } from '@linkcast/testing';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAccess, MAX_SIGN_INS } from '../src/access.ts';
import { openBotDatabase } from '../src/bot-database.ts';
import { buttonsOf, createStage, MEMBER } from './stage.ts';

const SITE = 'http://localhost:8080';
const GROUP = -1001234;
const CODE_CALL = /^POST \/api\/sign-in-codes$/;

describe('/signin', () => {
  it('gives a member a link that works once, and the code to type on a TV, without a preview', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/signin');
    const answer = await stage.hears('Open this link to sign in');
    const [code] = stage.ytApp.access.codes;
    expect(code).toMatchObject({ role: 'member', telegramId: MEMBER, name: `Person ${MEMBER}` });
    expect(answer.text).toContain(`${SITE}/sign-in#${code?.code ?? ''}`);
    expect(answer.text).toContain(`open ${SITE}/sign-in and type this code:\n${code?.code ?? ''}\n`);
    expect(answer.text).toContain('within the next 15 minutes');
    expect(answer.text).toContain('open only on the machine that it runs on');
    expect(answer.entities).toMatchObject([{ type: 'code' }]);
    expect(buttonsOf(answer)).toEqual([]);
    const sent = stage.telegram.calls('sendMessage').at(-1);
    expect(sent?.parameters['link_preview_options']).toEqual({ is_disabled: true });
  });

  it('on a public site has a button, and knows an owner from a member', async () => {
    await using stage = await createStage();
    stage.start({ siteUrl: 'https://media.example.org', owners: [MEMBER] });
    stage.telegram.say(MEMBER, '/signin');
    const answer = await stage.hears('Open this link to sign in');
    const [code] = stage.ytApp.access.codes;
    expect(code?.role).toBe('owner');
    const url = `https://media.example.org/sign-in#${code?.code ?? ''}`;
    expect(answer.keyboard).toEqual([[{ text: 'Sign in', url }]]);
    expect(answer.text).not.toContain('has no name yet');
  });

  it('in a group is answered by a hint, and no code is made', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/signin', { chatId: GROUP });
    await stage.hears('Ask me in our private chat', GROUP);
    await stage.settled();
    expect(stage.ytApp.access.codes).toEqual([]);
  });

  it('is for members: a stranger gets none', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(900, '/signin');
    await stage.hears('This bot is private.', 900);
    await stage.settled();
    expect(stage.ytApp.access.codes).toEqual([]);
  });

  it('is given five times an hour, also across a restart', async () => {
    await using stage = await createStage();
    stage.start();
    for (let count = 0; count < MAX_SIGN_INS; count += 1) stage.telegram.say(MEMBER, '/signin');
    await until(() => stage.ytApp.access.codes.length === MAX_SIGN_INS);
    await stage.restart();
    stage.telegram.say(MEMBER, '/signin');
    await stage.hears('5 sign-in links an hour');
    expect(stage.ytApp.access.codes).toHaveLength(MAX_SIGN_INS);
  });

  it('while yt-app is away is answered by a sentence, and works again when it is back', async () => {
    await using stage = await createStage();
    await stage.ytApp.down();
    stage.start();
    stage.telegram.say(MEMBER, '/signin');
    await stage.hears('Linkcast does not answer just now');
    await stage.ytApp.up();
    stage.telegram.say(MEMBER, '/signin');
    await stage.hears('Open this link to sign in');
  });

  it('that yt-app refuses is answered with its sentence', async () => {
    await using stage = await createStage();
    stage.ytApp.access.refuseCall({ path: CODE_CALL, problem: 'too-many-requests' });
    stage.start();
    stage.telegram.say(MEMBER, '/signin');
    await until(() => stage.said().length === 1);
    expect(stage.said()[0]?.text).not.toContain('Linkcast does not answer');
    expect(stage.log()).toContain('too-many-requests');
  });

  it('that Telegram does not take at first is sent later with the same code', async () => {
    await using stage = await createStage();
    stage.start();
    await stage.settled();
    stage.telegram.fail({ kind: 'reset', method: 'sendMessage', times: 3 });
    stage.telegram.say(MEMBER, '/signin');
    await stage.hears('Open this link to sign in');
    expect(stage.ytApp.access.codes).toHaveLength(1);
  });

  it('asked for before a restart is answered after it', async () => {
    await using stage = await createStage();
    stage.start();
    await stage.settled();
    const clear = stage.telegram.fail({ kind: 'reset', method: 'sendMessage', times: Infinity });
    stage.telegram.say(MEMBER, '/signin');
    await until(() => stage.ytApp.access.codes.length > 0);
    await stage.stop();
    clear();
    stage.start();
    await stage.hears('Open this link to sign in');
  });

  it('leaves the code in no line of the log and in no file', async () => {
    await using stage = await createStage();
    stage.start();
    await stage.settled();
    const clear = stage.telegram.fail({ kind: 'html', method: 'sendMessage', times: Infinity });
    stage.telegram.say(MEMBER, '/signin');
    await until(() => stage.ytApp.access.codes.length > 0);
    await until(() => stage.log().includes('message waits'));
    const files = await readdir(stage.folder);
    const contents = await Promise.all(files.map((file) => readFile(path.join(stage.folder, file), 'latin1')));
    clear();
    await stage.hears('Open this link to sign in');
    for (const { code } of stage.ytApp.access.codes)
      for (const text of [stage.log(), ...contents]) expect(text.includes(code)).toBe(false);
  });
});

describe('/signout', () => {
  it('ends all sessions of the person, and says how many there were', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/signout');
    await stage.hears('Signed out on 2 devices.');
    expect(stage.ytApp.access.signOuts).toEqual([MEMBER]);
  });
});

it('five links an hour are counted for each person, and prune forgets the count', () => {
  let now = 1_000_000_000_000;
  const database = openBotDatabase(':memory:');
  const access = createAccess({ database, allowedUsers: [1, 2], owners: [], ownerCode: 'x', now: () => now });
  const asked = Array.from({ length: MAX_SIGN_INS + 1 }, () => access.maySignIn(1));
  expect(asked).toEqual([true, true, true, true, true, false]);
  expect(access.maySignIn(2)).toBe(true);
  now += 3_600_001;
  expect(access.maySignIn(1)).toBe(true);
  database.close();
});
