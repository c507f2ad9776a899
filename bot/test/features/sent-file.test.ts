import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const FILM = randomBytes(200_000);
const FORWARDED = { forward_origin: { type: 'channel', date: 1, chat: { id: -1005, type: 'channel' }, message_id: 1 } };

type TestBot = Awaited<ReturnType<typeof createTestBot>>;

/** A message with a file; Telegram has its content. */
function send(bot: TestBot, members: Record<string, unknown>, caption?: string): void {
  bot.telegram.addFile('film', FILM);
  const written = caption === undefined ? {} : { caption };
  bot.telegram.say(MEMBER, '', { members: { text: undefined, entities: undefined, ...written, ...members } });
}
const uploaded = (bot: TestBot) =>
  until(() => {
    const upload = bot.ytApp.uploads.all().find(({ jobId }) => jobId !== null);
    if (!upload) throw new Error('no whole upload');
    return upload;
  });

describe('a file that a person sends', () => {
  it.each([
    ['a forwarded video', { video: { file_id: 'film', file_name: 'film.mkv' }, ...FORWARDED }, 'film.mkv', 'video'],
    ['a song', { audio: { file_id: 'film', title: 'Song', performer: 'Ada' } }, 'Ada – Song.mp3', 'audio'],
    ['a voice message', { voice: { file_id: 'film', mime_type: 'audio/ogg' } }, 'Audio from Telegram.mp4', 'audio'],
    ['a round video', { video_note: { file_id: 'film' } }, 'Video from Telegram.mp4', 'video'],
    [
      'a video as a document',
      { document: { file_id: 'film', mime_type: 'video/mp4', file_name: 'a.mp4' } },
      'a.mp4',
      'video',
    ],
  ])('%s: goes to yt-app for the person, and its job is shown', async (_name, members, name, type) => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, members);
    const upload = await uploaded(bot);
    expect(upload).toMatchObject({ name, type });
    expect(upload.content.equals(FILM)).toBe(true);
    const job = await bot.job(`upload://${upload.id}`);
    expect(job.requesterId).toBe(bot.ytApp.people.get(MEMBER)?.id);
    bot.ytApp.finish(job.id, { title: 'The film' });
    await bot.says('The film');
    expect(bot.log()).not.toContain(bot.telegram.token);
  });

  it('with a description and without a name: is named by its first line; links in it are not taken', async () => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, { video: { file_id: 'film' } }, 'Our holiday\nhttps://example.com/advert');
    expect((await uploaded(bot)).name).toBe('Our holiday.mp4');
    expect(bot.ytApp.submissions).toEqual([]);
  });

  it('after /da: becomes audio', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '/da');
    await bot.says('Send the link of the music');
    send(bot, { video: { file_id: 'film' } });
    expect((await uploaded(bot)).type).toBe('audio');
  });

  it('whose upload is interrupted: continues where it stopped', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.ytApp.uploads.cutNext(100_000);
    send(bot, { video: { file_id: 'film' } });
    expect((await uploaded(bot)).content.equals(FILM)).toBe(true);
    expect(bot.ytApp.uploads.all()).toHaveLength(1);
  });

  it('above the limit of Telegram: is answered with the page for uploads', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.addFile('large', Buffer.alloc(21 * 1024 * 1024));
    bot.telegram.say(MEMBER, '', { members: { text: undefined, video: { file_id: 'large' } } });
    const answer = await bot.says('at most 20 MB');
    expect(answer.text).toContain('http://localhost:8080/add');
    expect(bot.ytApp.uploads.all()).toEqual([]);
  });

  it('that Telegram does not have any more: is answered with the reason', async () => {
    await using bot = await createTestBot();
    bot.start();
    bot.telegram.say(MEMBER, '', { members: { text: undefined, video: { file_id: 'unknown' } } });
    await bot.says('❌');
  });

  it('through a local Bot API server: is read from the disk', async () => {
    await using bot = await createTestBot();
    const file = path.join(bot.folder, 'film.mp4');
    await writeFile(file, FILM);
    bot.telegram.placeFile('film', file);
    bot.start();
    bot.telegram.say(MEMBER, '', { members: { text: undefined, video: { file_id: 'film' } } });
    expect((await uploaded(bot)).content.equals(FILM)).toBe(true);
  });

  it.each([
    ['a picture', { photo: [{ file_id: 'film' }] }],
    ['a text document', { document: { file_id: 'film', mime_type: 'text/plain' } }],
  ])('%s: is answered with the hint for other texts', async (_name, members) => {
    await using bot = await createTestBot();
    bot.start();
    send(bot, members);
    await bot.says('Send me a link, or /help.');
    expect(bot.ytApp.uploads.all()).toEqual([]);
  });

  it('of a stranger: is not read', async () => {
    await using bot = await createTestBot();
    bot.start({ members: [] });
    send(bot, { video: { file_id: 'film' } });
    await bot.says('This bot is private');
    expect(bot.telegram.calls('getFile')).toEqual([]);
  });
});
