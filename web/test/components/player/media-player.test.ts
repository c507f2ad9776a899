import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aJob, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
});

const currentTime = () =>
  visit.page.locator('video, audio').evaluate((element: HTMLMediaElement) => element.currentTime);

test('a ready video: plays and offers its heights', async () => {
  await visit.open(film.links.page);
  await eventually(currentTime).toBeGreaterThan(1);
  const options = visit.page.getByLabel(site.player.quality).locator('option');
  await eventually(async () => (await options.allTextContents()).slice(1)).toEqual(['180p', '90p']);
});

test('a portrait video: names its heights by the shorter side', async () => {
  visit.server.state.media = [{ ...film, links: { ...film.links, hls: `/media/${film.id}/portrait.m3u8` } }];
  await visit.open(film.links.page);
  await eventually(currentTime).toBeGreaterThan(1);
  const options = visit.page.getByLabel(site.player.quality).locator('option');
  await eventually(async () => (await options.allTextContents()).slice(1)).toEqual(['180p', '90p']);
});

test('an arriving video: starts at 0, waits at the edge, continues with the download and becomes ready', async () => {
  const arriving = { ...film, state: 'playable' as const, jobId: 'j' };
  visit.server.state.media = [arriving];
  visit.server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
  visit.server.state.segments.set(film.id, 2);
  await visit.open(film.links.page);
  await visit.text('Still downloading – 43%, 2 min left').waitFor();
  expect(await currentTime()).toBeLessThan(3);
  await visit.text('0:04 of 0:16 playable').waitFor();
  await visit.text(site.player.catchingUp).waitFor();

  visit.server.state.segments.set(film.id, 5);
  await eventually(currentTime).toBeGreaterThan(5);
  visit.server.state.segments.delete(film.id);
  visit.server.emit('media', film);
  await visit.text('Still downloading').waitFor({ state: 'detached' });
  await eventually(currentTime).toBeGreaterThan(11);
});

test('a server that fails at first: playback starts when it answers', async () => {
  visit.server.state.broken.add('/media');
  await visit.open(film.links.page);
  await eventually(() => visit.server.calls.filter((call) => call.includes('index.m3u8')).length).toBeGreaterThan(1);
  visit.server.state.broken.clear();
  await eventually(currentTime).toBeGreaterThan(0.5);
});

test('the space and arrow keys: pause and seek', async () => {
  await visit.open(film.links.page);
  await eventually(currentTime).toBeGreaterThan(0.2);
  const paused = () => visit.page.locator('video').evaluate((element: HTMLVideoElement) => element.paused);
  await visit.page.keyboard.press(' ');
  expect(await paused()).toBe(true);
  await visit.page.keyboard.press('ArrowRight');
  await visit.page.keyboard.press('ArrowRight');
  await visit.page.keyboard.press('ArrowLeft');
  expect(await currentTime()).toBeGreaterThan(5);
  await visit.page.locator('video').focus();
  await visit.page.keyboard.press(' ');
  await eventually(paused).toBe(false); // once, though the browser's own controls know the key too
});

test('a finished MP3: plays without hls.js', async () => {
  await visit.open(song.links.page);
  await eventually(currentTime).toBeGreaterThan(0.5);
  expect(visit.server.calls.filter((call) => call.includes('/hls-'))).toEqual([]);
});

test('arriving audio: plays from its growing playlist', async () => {
  const links = { ...song.links, hls: `/media/${song.id}/sound.m3u8`, file: null };
  visit.server.state.media = [{ ...song, state: 'playable', links }];
  visit.server.state.segments.set(song.id, 2);
  await visit.open(song.links.page);
  await visit.text('0:04 of 0:16 playable').waitFor();
  visit.server.state.segments.set(song.id, 5);
  await eventually(currentTime).toBeGreaterThan(5);
});
