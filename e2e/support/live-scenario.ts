import { openChromium, until } from '@linkcast/testing';
import { expect } from 'vitest';
import type { Stack } from './stack.ts';
import { createOwner } from './visitor.ts';

const SEGMENTS = 10;
/** Players stay three segments of two seconds behind the end, and the next one may be on its way. */
const BEHIND_SECONDS = 12;
const RECORDED_SECONDS = 20;

/**
 * A live link from Telegram to its recording: the site plays it from its edge, and Stop under the message keeps it.
 *
 * @param owner the Telegram id of an owner.
 */
export async function recordALiveSource(
  { origin, telegram, api, siteUrl, ...stack }: Stack,
  owner: number,
): Promise<void> {
  const segments = Array.from({ length: SEGMENTS }, (_, index) => `/hls/index${index}.ts`);
  const said = telegram.say(owner, `/dv ${origin.live('/live/index.m3u8', segments)}`);
  const current = () => telegram.messages(owner).find(({ replyTo }) => replyTo === said);
  await until(() => current()?.text.includes('recording since'), 60);
  await until(() => current()?.text.includes('/watch/'), 60);
  const page = /\/watch\/[a-z2-7]+/.exec(current()?.text ?? '')?.[0] ?? '';
  const mediaId = page.slice('/watch/'.length);
  expect(await api.getMedia(mediaId)).toMatchObject({ state: 'playable', recording: 'live' });

  const browser = await openChromium();
  try {
    const viewer = await createOwner(browser, { origin, telegram, api, siteUrl, ...stack });
    const player = await viewer.watch(siteUrl + page);
    await until(async () => (await player.timeline()).duration > RECORDED_SECONDS, 60);
    await player.page.getByRole('button', { name: 'Stop recording' }).waitFor();
    const { duration } = await player.timeline();
    await player.reach(duration - BEHIND_SECONDS);

    telegram.press(owner, current()?.messageId ?? 0, 'Stop');
    await until(() => current()?.text.includes('Ready'), 60);
    const item = await api.getMedia(mediaId);
    expect(item).toMatchObject({ state: 'ready', recording: 'stopped' });
    await until(async () => Math.abs((await player.timeline()).duration - (item.durationSeconds ?? 0)) < 1, 30);
    await player.page.getByRole('button', { name: 'Stop recording' }).waitFor({ state: 'detached' });
  } finally {
    await browser.close();
  }
}
