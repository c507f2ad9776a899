import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { Problem } from '@linkcast/contracts';
import { problemWords, texts } from '@linkcast/texts';
import { aJob, aMedia, aStation, aTrack, mediaId } from './support/canned.ts';
import type { SiteServer } from './support/site-server.ts';
import { eventually, visitSite } from './support/site-visit.ts';

const { site } = texts;
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });
const hostile = '<img src=x onerror="document.title=`hacked`"> & </title><script>alert(1)</script>';

let server: SiteServer;
let page: Page;

visitSite((visit) => {
  ({ server, page } = visit);
  server.state.media = [film, song];
});

const currentTime = () => page.locator('video, audio').evaluate((element: HTMLMediaElement) => element.currentTime);
const open = (path: string) => page.goto(server.url + path);
const text = (words: string | RegExp) => page.getByText(words).first();

describe('the player', () => {
  test('a ready video, opened, plays and offers its heights', async () => {
    await open(film.links.page);
    await eventually(currentTime).toBeGreaterThan(1);
    const heights = await page.getByLabel(site.player.quality).locator('option').allTextContents();
    expect(heights.slice(1)).toEqual(['180p', '90p']);
  });

  test('a portrait video, opened, offers its heights by the shorter side', async () => {
    server.state.media = [{ ...film, links: { ...film.links, hls: `/media/${film.id}/portrait.m3u8` } }];
    await open(film.links.page);
    await eventually(currentTime).toBeGreaterThan(1);
    const heights = await page.getByLabel(site.player.quality).locator('option').allTextContents();
    expect(heights.slice(1)).toEqual(['180p', '90p']);
  });

  test('the details of a song list its MP3, which was encoded, beside the copied rendition', async () => {
    const rendition = {
      name: 'audio',
      kind: 'audio',
      height: null,
      codecs: 'mp4a.40.2',
      bytes: 2e6,
      handling: 'copied',
    } as const;
    server.state.media = [{ ...song, handling: 'encoded', renditions: [rendition] }];
    await open(song.links.page);
    await page.locator('summary').click();
    expect(await page.locator('.details li').allTextContents()).toEqual([
      'Audio · mp4a.40.2 · 2 MB · copied',
      'MP3 · encoded',
    ]);
  });

  test('a video that still arrives begins at 0, waits at the edge, goes on with the download and becomes ready', async () => {
    const arriving = { ...film, state: 'playable' as const, jobId: 'j' };
    server.state.media = [arriving];
    server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
    server.state.segments.set(film.id, 2);
    await open(film.links.page);
    await text('Still downloading – 43 %, 2 min left').waitFor();
    expect(await currentTime()).toBeLessThan(3);
    await text('0:04 of 0:16 playable').waitFor();
    await text(site.player.catchingUp).waitFor();

    server.state.segments.set(film.id, 5);
    await eventually(currentTime).toBeGreaterThan(5);
    server.state.segments.delete(film.id);
    server.emit('media', film);
    await text('Still downloading').waitFor({ state: 'detached' });
    await eventually(currentTime).toBeGreaterThan(11);
  });

  test('a server that fails for a moment: playback begins when it is back', async () => {
    server.state.broken.add('/media');
    await open(film.links.page);
    await eventually(() => server.calls.filter((call) => call.includes('index.m3u8')).length).toBeGreaterThan(1);
    server.state.broken.clear();
    await eventually(currentTime).toBeGreaterThan(0.5);
  });

  test('an item left in the middle goes on there at the next visit', async () => {
    await open(film.links.page);
    await eventually(currentTime).toBeGreaterThan(0);
    await page.locator('video').evaluate((element: HTMLVideoElement) => (element.currentTime = 11));
    await page.getByRole('link', { name: site.nav.queue }).click();
    await open(film.links.page);
    await text(/Resuming at 0:1[12]/).waitFor();
    await eventually(currentTime).toBeGreaterThan(10.5);
  });

  test('space pauses and the arrows jump', async () => {
    await open(film.links.page);
    await eventually(currentTime).toBeGreaterThan(0.2);
    const paused = () => page.locator('video').evaluate((element: HTMLVideoElement) => element.paused);
    await page.keyboard.press(' ');
    expect(await paused()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await currentTime()).toBeGreaterThan(5);
    await page.locator('video').focus();
    await page.keyboard.press(' ');
    await eventually(paused).toBe(false); // once, though the browser's own controls know the key too
  });

  test('a finished MP3 plays without hls.js', async () => {
    await open(song.links.page);
    await eventually(currentTime).toBeGreaterThan(0.5);
    expect(server.calls.filter((call) => call.includes('/hls-'))).toEqual([]);
  });

  test('audio that still arrives plays from its growing playlist', async () => {
    const links = { ...song.links, hls: `/media/${song.id}/sound.m3u8`, file: null };
    server.state.media = [{ ...song, state: 'playable', links }];
    server.state.segments.set(song.id, 2);
    await open(song.links.page);
    await text('0:04 of 0:16 playable').waitFor();
    server.state.segments.set(song.id, 5);
    await eventually(currentTime).toBeGreaterThan(5);
  });

  test('a video whose download fails while it is watched says why', async () => {
    server.state.media = [{ ...film, state: 'playable', jobId: 'j' }];
    server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
    await open(film.links.page);
    await text('Still downloading').waitFor();
    const problem = new Problem('source-truncated').toDocument(problemWords({ code: 'source-truncated' }));
    server.emit('job', aJob({ id: 'j', state: 'failed', problem }));
    server.emit('media-deleted', { id: film.id });
    await text(problem.error).waitFor();
  });

  test('leaving the page ends the requests of the player', async () => {
    server.state.media = [{ ...film, state: 'playable' }];
    server.state.segments.set(film.id, 3);
    await open(film.links.page);
    await eventually(currentTime).toBeGreaterThan(0.2);
    await page.getByRole('link', { name: site.nav.queue }).click();
    await text(site.queue.empty).waitFor();
    const before = server.calls.length;
    await page.waitForTimeout(2500); // longer than the pause between two readings of a growing playlist
    expect(server.calls.slice(before)).toEqual([]);
  });
});

describe('the library', () => {
  test('titles are text wherever they stand', async () => {
    server.state.media = [{ ...film, title: hostile, uploader: hostile }];
    server.state.jobs = [aJob({ id: 'j', title: hostile })];
    await open('/');
    await page.getByRole('heading', { name: hostile }).first().waitFor();
    await open(film.links.page);
    await page.getByRole('heading', { name: hostile }).waitFor();
    expect(await page.title()).toBe(`${hostile} · ${site.name}`);
    expect(await page.locator('img[src="x"], main script').count()).toBe(0);
  });

  test('an item appears as soon as it is playable, with its progress, and leaves when it is deleted', async () => {
    await open('/');
    await page.getByRole('heading', { name: song.title }).waitFor();
    await eventually(server.listenerCount).toBe(1);
    const fresh = aMedia({ id: mediaId('fresh'), title: 'Fresh', state: 'playable', jobId: 'j' });
    const job = aJob({ id: 'j', title: 'Fresh' });
    server.emit('job', job);
    await page.getByRole('progressbar', { name: 'Fresh' }).waitFor();
    server.emit('job', { ...job, playable: true });
    server.emit('media', fresh);
    await page.locator('.card', { hasText: 'Fresh' }).getByText('43%').waitFor();
    server.emit('media-deleted', { id: fresh.id });
    await page.getByRole('heading', { name: 'Fresh' }).waitFor({ state: 'detached' });
  });

  test('the address of the old video page shows the videos', async () => {
    await open('/?type=video');
    await page.getByRole('heading', { name: film.title }).waitFor();
    expect(await page.getByRole('heading', { name: song.title }).count()).toBe(0);
  });

  test('deleting asks first, then removes the card', async () => {
    await open('/');
    await page.getByRole('button', { name: site.library.actions(film.title) }).click();
    await page.getByRole('button', { name: site.item.delete }).click();
    await text(site.item.deleteHeading).waitFor();
    expect(server.state.media).toHaveLength(2);
    await page.getByRole('dialog').getByRole('button', { name: site.item.delete }).click();
    await page.getByRole('heading', { name: film.title }).waitFor({ state: 'detached' });
    expect(server.state.media).toEqual([song]);
  });

  test('renaming changes the card', async () => {
    await open('/');
    await page.getByRole('button', { name: site.library.actions(film.title) }).click();
    await page.getByRole('button', { name: site.item.rename }).click();
    await page.getByLabel(site.item.title, { exact: true }).fill('A better name');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A better name' }).waitFor();
  });

  test('an empty one says what to do', async () => {
    server.state.media = [];
    await open('/');
    await text(site.library.emptyHint).waitFor();
  });

  test('one that cannot be read is not called empty, and comes with another try', async () => {
    server.state.broken.add('/api/media');
    await open('/');
    await page.getByRole('alert').waitFor();
    expect(await text(site.library.empty).count()).toBe(0);
    server.state.broken.clear();
    await page.getByRole('button', { name: site.errors.retry }).click();
    await page.getByRole('heading', { name: film.title }).waitFor();
  });

  test('events that break off are told, and what was missed is read when they are back', async () => {
    await open('/');
    await eventually(server.listenerCount).toBe(1);
    server.state.broken.add('/api/events');
    server.dropListeners();
    await text(site.connection.lost).waitFor();
    server.state.media = [...server.state.media, aMedia({ id: mediaId('missed'), title: 'Missed' })];
    server.state.broken.clear();
    await page.getByRole('heading', { name: 'Missed' }).waitFor();
    await text(site.connection.lost).waitFor({ state: 'detached' });
  });
});

describe('the other pages', () => {
  test('a link shared from a phone fills the field, and the person chooses', async () => {
    server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
    await open(`/add?title=Clip&text=${encodeURIComponent('see https://example.com/v?a=1')}`);
    expect(await page.getByLabel(site.add.field).inputValue()).toBe('https://example.com/v?a=1');
    expect(server.calls).not.toContain('POST /api/jobs');
    await page.getByRole('button', { name: site.add.asVideo }).click();
    await page.getByRole('link', { name: site.add.watchNow }).waitFor();
    expect(server.calls).toContain('POST /api/jobs');

    await page.getByRole('link', { name: site.add.watchNow }).click();
    await page.getByRole('heading', { name: film.title }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: site.add.watchNow }).waitFor(); // not the form, which would send it again
    await page.reload();
    await page.getByRole('link', { name: site.add.watchNow }).waitFor();
  });

  test('the radio goes on playing while the person looks at the library', async () => {
    server.state.station = aStation({ now: aTrack({ mediaId: song.id, title: 'On the air' }), listeners: 1 });
    await open('/radio');
    await page.getByRole('button', { name: site.radio.play, exact: true }).click();
    await page.getByRole('button', { name: site.radio.stop, exact: true }).waitFor();
    server.state.station = { ...server.state.station, listeners: 2 };
    await text(site.radio.listeners(2)).waitFor(); // the person counts too
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    const bar = page.getByRole('complementary', { name: site.radio.bar });
    await bar.getByText(site.radio.onAir).waitFor();
    server.emit('station', aStation({ now: aTrack({ mediaId: song.id, title: 'The next one' }) }));
    await bar.getByText('The next one').waitFor();
  });

  test('a stream that cannot be had is tried again', async () => {
    server.state.broken.add('/play');
    await open('/radio');
    await page.getByRole('button', { name: site.radio.play, exact: true }).click();
    await text(site.radio.reconnecting).waitFor();
    server.state.broken.clear();
    await text(site.radio.reconnecting).waitFor({ state: 'detached' });
  });

  test('a failed job shows its sentence, and can be tried again', async () => {
    const problem = new Problem('source-private').toDocument(problemWords({ code: 'source-private' }));
    server.state.jobs = [aJob({ id: 'j', state: 'failed', problem })];
    await open('/queue');
    await text(problem.error).waitFor();
    await page.getByRole('button', { name: site.queue.retry }).waitFor();
  });

  test.each(['/nothing', '/watch', '/watch/%E0%A4%A'])('%s is not found, and says so', async (path) => {
    await open(path);
    await text(site.notFound.heading).waitFor();
  });

  test('an item that was deleted says so', async () => {
    await open('/watch/gone');
    await text(site.item.goneHeading).waitFor();
  });
});
