import { textsOf } from '@linkcast/texts';
import { describe, expect, it } from 'vitest';
import { buttonsOf, createTestBot, MEMBER } from '../test-bot.ts';
import { MEDIA_ID } from '../yt-app/yt-app-stand-in.ts';

const LINK = 'https://example.com/live';
const SITE = 'http://localhost:8080';
const SINCE = '2026-11-28T12:00:00.000Z';
const { bot: words } = textsOf('en');

/** Sends the link of a live source, and waits until its recording can be played. */
async function record(bot: Awaited<ReturnType<typeof createTestBot>>) {
  bot.start();
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const { id } = await bot.job(LINK);
  bot.ytApp.download(id, 0, { playable: true, live: { since: SINCE, isStopping: false } });
  return { id, message: await bot.says(words.live.since(SINCE)) };
}

describe('the message about a live source', () => {
  it('says since when it is recorded, and has buttons to watch, to stop and to cancel', async () => {
    await using bot = await createTestBot();
    const { message } = await record(bot);
    expect(message.text).toContain(`▶️ Watch now: ${SITE}/watch/${MEDIA_ID}`);
    expect(buttonsOf(message)).toEqual(['Stop', 'Cancel']);
  });

  it('Stop: ends the recording, which is kept', async () => {
    await using bot = await createTestBot();
    const { id, message } = await record(bot);
    bot.telegram.press(MEMBER, message.messageId, 'Stop');
    await bot.says(words.live.stopped);
    await bot.says(words.live.stopping);
    bot.ytApp.finish(id, { live: null });
    expect(buttonsOf(await bot.says('✅ Ready'))).not.toContain('Stop');
  });

  it('Stop, when the recording has ended already: says so', async () => {
    await using bot = await createTestBot();
    const { id, message } = await record(bot);
    bot.ytApp.access.refuseCall({ path: /\/stop$/, problem: 'conflict' });
    bot.telegram.press(MEMBER, message.messageId, 'Stop');
    await bot.says(words.live.over);
    expect(bot.ytApp.finished(id)).toBeDefined();
  });
});
