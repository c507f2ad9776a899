import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Player } from './visitor.ts';

/** Time stamps begin a little after 0, and the last picture or sound may be the longer one. */
const ROUNDING_SECONDS = 0.5;

/**
 * Fails unless the player shows what the playlists list at this moment, and no more: an item that arrives may have grown
 * since the player read them. @returns the seconds that are listed.
 */
export async function expectListedTimeline(player: Player, masterUrl: string): Promise<number> {
  const { duration, buffered } = await player.timeline();
  const listed = await listedSeconds(player.page, masterUrl);
  expect(duration).toBeGreaterThan(1);
  expect(duration).toBeLessThanOrEqual(listed + ROUNDING_SECONDS);
  expect(buffered).toHaveLength(1); // no holes
  expect(buffered[0]?.[0]).toBeLessThan(ROUNDING_SECONDS);
  expect(buffered[0]?.[1]).toBeLessThanOrEqual(listed + ROUNDING_SECONDS);
  return listed;
}

/** Seconds of the longest rendition in a master playlist, as the page's browser receives it. */
async function listedSeconds(page: Page, masterUrl: string): Promise<number> {
  const read = (url: string): Promise<string> => page.evaluate(async (at) => (await fetch(at)).text(), url);
  const master = await read(masterUrl);
  const names = [...master.matchAll(/^(?!#)(\S+\.m3u8)$|URI="([^"]+)"/gm)].map(([, line, uri]) => line ?? uri ?? '');
  const playlists = await Promise.all(names.map((name) => read(new URL(name, masterUrl).href)));
  return Math.max(...playlists.map(secondsOf));
}

function secondsOf(playlist: string): number {
  return [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
