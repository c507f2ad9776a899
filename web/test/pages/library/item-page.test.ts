import { expect, test } from 'vitest';
import { Problem, type MediaDamage } from '@linkcast/contracts';
import { problemWords, textsOf } from '@linkcast/texts';
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

test('the details of a song: list the encoded MP3 and the copied rendition', async () => {
  const rendition = {
    name: 'audio',
    kind: 'audio',
    height: null,
    codecs: 'mp4a.40.2',
    bytes: 2e6,
    handling: 'copied',
  } as const;
  visit.server.state.media = [{ ...song, handling: 'encoded', renditions: [rendition] }];
  await visit.open(song.links.page);
  await visit.page.locator('summary').click();
  await eventually(() => visit.page.locator('.details li').allTextContents()).toEqual([
    'Audio · mp4a.40.2 · 2 MB · copied',
    'MP3 · re-encoded',
  ]);
});

const cut: MediaDamage = {
  cause: 'source',
  seconds: 1.2,
  ranges: [{ from: 29, to: 30.2 }],
  source: null,
  repair: null,
};
const lost: MediaDamage = { cause: 'storage', seconds: null, ranges: [], source: null, repair: null };
const both: MediaDamage = { ...lost, source: { seconds: 1.2, ranges: cut.ranges } };

test.each<[MediaDamage, string[]]>([
  [cut, [site.item.damagedSource('2 s', '0:29')]],
  [lost, [site.item.damagedFiles]],
  [{ ...lost, repair: 'running' }, [site.item.damagedFilesRepairing]],
  [{ ...lost, repair: 'failed' }, [site.item.damagedFilesLost]],
  [both, [site.item.damagedFiles, site.item.damagedSource('2 s', '0:29')]],
])('a damaged video: shows what cannot be played', async (damage, sentences) => {
  visit.server.state.media = [{ ...film, damage }];
  await visit.open(film.links.page);
  await eventually(() => visit.page.getByRole('note').allTextContents()).toEqual(sentences);
});

test('a video with a download that fails during playback: shows the problem of its job', async () => {
  visit.server.state.media = [{ ...film, state: 'playable', jobId: 'j' }];
  visit.server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
  await visit.open(film.links.page);
  await visit.text('Still downloading').waitFor();
  const problem = new Problem('source-truncated').toDocument(problemWords({ code: 'source-truncated' }));
  visit.server.emit('job', aJob({ id: 'j', state: 'failed', problem }));
  visit.server.emit('media-deleted', { id: film.id });
  await visit.text(problem.error).waitFor();
});

test('an item left in the middle: resumes there at the next visit', async () => {
  await visit.open(film.links.page);
  await eventually(currentTime).toBeGreaterThan(0);
  await visit.page.locator('video').evaluate((element: HTMLVideoElement) => (element.currentTime = 11));
  await visit.page.getByRole('link', { name: site.nav.queue }).click();
  await visit.open(film.links.page);
  await visit.text(/Resuming at 0:1[12]/).waitFor();
  await eventually(currentTime).toBeGreaterThan(10.5);
});

test('leaving the page: ends the requests of the player', async () => {
  visit.server.state.media = [{ ...film, state: 'playable' }];
  visit.server.state.segments.set(film.id, 3);
  await visit.open(film.links.page);
  await eventually(currentTime).toBeGreaterThan(0.2);
  await visit.page.getByRole('link', { name: site.nav.queue }).click();
  await visit.text(site.queue.empty).waitFor();
  const before = visit.server.calls.length;
  await visit.page.waitForTimeout(2500); // longer than the pause between two readings of a growing playlist
  const ofPlayer = visit.server.calls.slice(before).filter((call) => call.includes('/media/')); // a position may be reported
  expect(ofPlayer).toEqual([]);
});

test('the page of a deleted item: shows that it was deleted', async () => {
  await visit.open('/watch/gone');
  await visit.text(site.item.deletedHeading).waitFor();
});
