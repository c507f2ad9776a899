import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createStage, MEMBER } from './stage.ts';

const LINK = 'https://example.com/watch?v=1';

describe('the dialogue', () => {
  it('/start answers with a greeting and the commands, which the menu has too', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/start');
    const greeting = await stage.hears('Linkcast');
    for (const command of ['/dv', '/da', '/cancel', '/help']) expect(greeting.text).toContain(command);
    const [menu] = stage.telegram.calls('setMyCommands');
    expect(menu?.parameters['commands']).toMatchObject([
      { command: 'dv' },
      { command: 'da' },
      { command: 'signin' },
      { command: 'signout' },
      { command: 'cancel' },
      { command: 'help' },
      { command: 'start' },
    ]);
  });

  it('/help explains', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/help');
    expect((await stage.hears('Paste a link')).text).toContain('/da');
  });

  it('/dv without a link asks for it, and the next text is submitted as video', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/dv');
    await stage.hears('Send the link of the video!');
    const messageId = stage.telegram.say(MEMBER, LINK);
    await stage.job(LINK);
    expect(stage.ytApp.submissions).toEqual([
      { url: LINK, type: 'video', key: `tg${stage.botId}-${MEMBER}-${messageId}` },
    ]);
  });

  it('/da after /dv starts over: the next link is audio', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/dv');
    stage.telegram.say(MEMBER, '/da');
    await stage.hears('Send the link of the music');
    stage.telegram.say(MEMBER, LINK);
    expect((await stage.job(LINK)).type).toBe('audio');
  });

  it('/cancel ends the dialogue, and a second time there is nothing to cancel', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/dv');
    stage.telegram.say(MEMBER, '/cancel');
    await stage.hears('Operation canceled.');
    stage.telegram.say(MEMBER, '/cancel');
    await stage.hears('There is nothing to cancel');
    stage.telegram.say(MEMBER, LINK);
    await stage.hears('Video or audio?');
    expect(stage.ytApp.submissions).toEqual([]);
  });

  it('a text without a link in the dialogue is asked for again, and the dialogue goes on', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/dv');
    stage.telegram.say(MEMBER, 'what do you mean?');
    await stage.hears('I see no link in that');
    stage.telegram.say(MEMBER, LINK);
    await stage.job(LINK);
  });

  it('the dialogue survives a restart of the bot', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, '/da');
    await stage.hears('Send the link of the music');
    await stage.restart();
    stage.telegram.say(MEMBER, LINK);
    expect((await stage.job(LINK)).type).toBe('audio');
  });

  it('/dv with the link answers at once, in reply to the message, and submits it', async () => {
    await using stage = await createStage();
    stage.start();
    const asked = stage.telegram.say(MEMBER, `/dv ${LINK}`);
    const status = await stage.hears(LINK);
    expect(status.replyTo).toBe(asked);
    expect(buttonsOf(status)).toEqual(['Cancel']);
    expect((await stage.job(LINK)).type).toBe('video');
  });

  it('/da in reply to a message with a link takes that link', async () => {
    await using stage = await createStage();
    stage.start();
    const reply = { message_id: 1, chat: { id: MEMBER, type: 'private' }, date: 1, text: `look: ${LINK}` };
    stage.telegram.say(MEMBER, '/da', { members: { reply_to_message: reply } });
    expect((await stage.job(LINK)).type).toBe('audio');
  });

  it('any other text gets a hint', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, 'hello <b>bot</b>');
    await stage.hears('Send me a link, or /help.');
  });
});

describe('a pasted link', () => {
  it('gets two buttons whose data does not hold the link; the pressed one submits it and the question becomes the status', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, `look at ${LINK}, it is great`);
    const question = await stage.hears('Video or audio?');
    expect(buttonsOf(question)).toEqual(['🎬 Video', '🎵 Audio']);
    expect(JSON.stringify(question.keyboard)).not.toContain('example');
    const query = stage.telegram.press(MEMBER, question.messageId, 'Audio');
    const job = await stage.job(LINK);
    expect(job.type).toBe('audio');
    expect(stage.ytApp.submissions[0]?.key).toBe(`tg${stage.botId}-${MEMBER}-${question.messageId}`);
    const status = await stage.hears('Waiting for its turn');
    expect(status.messageId).toBe(question.messageId);
    await until(() =>
      stage.telegram.calls('answerCallbackQuery').some((call) => call.parameters['callback_query_id'] === query),
    );
  });

  it('pressed twice is one job', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, LINK);
    const question = await stage.hears('Video or audio?');
    stage.telegram.press(MEMBER, question.messageId, 'Video');
    stage.telegram.press(MEMBER, question.messageId, 'Audio');
    await stage.job(LINK);
    await stage.settled();
    expect(stage.ytApp.submissions).toHaveLength(1);
  });

  it('in a caption, or behind a word, is found', async () => {
    await using stage = await createStage();
    stage.start();
    const entities = [{ type: 'text_link', offset: 0, length: 4, url: 'https://example.com/hidden' }];
    stage.telegram.say(MEMBER, 'this', { members: { entities } });
    await stage.hears('https://example.com/hidden');
    stage.telegram.say(MEMBER, '', { members: { text: undefined, caption: `a photo, ${LINK}`, photo: [] } });
    await stage.hears(LINK);
  });

  it('one of many is asked about by itself, up to five at a time', async () => {
    await using stage = await createStage();
    stage.start();
    const links = Array.from({ length: 7 }, (_, index) => `https://example.com/${index}`);
    stage.telegram.say(MEMBER, links.join(' '));
    await stage.hears('I take 5 links at a time');
    expect(stage.said().filter((message) => message.text.startsWith('Video or audio?'))).toHaveLength(5);
  });

  it('many links after a command become jobs with keys of their own', async () => {
    await using stage = await createStage();
    stage.start();
    const id = stage.telegram.say(MEMBER, '/da https://example.com/1 https://example.com/2');
    await stage.job('https://example.com/2');
    expect(stage.ytApp.submissions.map(({ key }) => key).sort()).toEqual([
      `tg${stage.botId}-${MEMBER}-${id}`,
      `tg${stage.botId}-${MEMBER}-${id}-1`,
    ]);
  });
});

describe('in a group', () => {
  const GROUP = -1001234;

  it('a member may use commands with a link, other texts are not answered', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(MEMBER, LINK, { chatId: GROUP });
    stage.telegram.say(MEMBER, '/dv', { chatId: GROUP });
    await stage.hears('send the link in the same line', GROUP);
    stage.telegram.say(MEMBER, `/dv@${stage.telegram.username} ${LINK}`, { chatId: GROUP });
    stage.telegram.say(MEMBER, `/dv@other_bot https://example.com/not-ours`, { chatId: GROUP });
    await stage.hears(LINK, GROUP);
    await stage.settled();
    expect(stage.ytApp.submissions.map(({ url }) => url)).toEqual([LINK]);
    expect(stage.said(GROUP)).toHaveLength(2);
  });

  it('a stranger is not answered at all', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(999, `/dv ${LINK}`, { chatId: GROUP });
    await stage.settled();
    expect(stage.said(GROUP)).toEqual([]);
    expect(stage.ytApp.submissions).toEqual([]);
  });
});
