import { expect, test } from 'vitest';
import { Problem } from '@linkcast/contracts';
import { problemWords, textsOf } from '@linkcast/texts';
import { aJob, aMedia, aStation, aTrack, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
});

test('/add with a shared link: fills the field, sends on a click, and shows the job after going back', async () => {
  visit.server.state.jobs = [aJob({ id: 'j', playable: true, mediaId: film.id, links: film.links })];
  await visit.open(`/add?title=Clip&text=${encodeURIComponent('see https://example.com/v?a=1')}`);
  expect(await visit.page.getByLabel(site.add.field).inputValue()).toBe('https://example.com/v?a=1');
  expect(visit.server.calls.filter((call) => call.startsWith('POST '))).toEqual([]);
  await visit.page.getByRole('button', { name: site.add.asVideo }).click();
  await visit.page.getByRole('link', { name: site.add.watchNow }).waitFor();
  expect(visit.server.calls).toContain('POST /api/jobs?playlist=ask');

  await visit.page.getByRole('link', { name: site.add.watchNow }).click();
  await visit.page.getByRole('heading', { name: film.title }).waitFor();
  await visit.page.goBack();
  await visit.page.getByRole('link', { name: site.add.watchNow }).waitFor(); // not the form, which would send it again
  await visit.page.reload();
  await visit.page.getByRole('link', { name: site.add.watchNow }).waitFor();
});

test('the page of a queued job: waits for it, until the job starts', async () => {
  const job = aJob({ id: 'j', state: 'queued' });
  visit.server.state.jobs = [job];
  await visit.open('/add?job=j');
  const started = visit.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/jobs/j/events'));
  await eventually(() => visit.server.calls).toContain('GET /api/jobs/j/events');
  await eventually(() => visit.server.listenerCount()).toBe(1);
  visit.server.emit('job', { ...job, state: 'resolving' });
  await started; // the page has closed the stream
});

test('/queue with waiting jobs: says that people take turns', async () => {
  visit.server.state.jobs = [aJob({ id: 'j', state: 'queued' }), aJob({ id: 'k', state: 'queued' })];
  await visit.open('/queue');
  await visit.text(site.queue.turns).waitFor();
});

test('the radio left for another page: keeps playing, with the current track in its bar', async () => {
  visit.server.state.station = aStation({ now: aTrack({ mediaId: song.id, title: 'On the air' }), listeners: 1 });
  await visit.open('/radio');
  await visit.page.getByRole('button', { name: site.radio.play, exact: true }).click();
  await visit.page.getByRole('button', { name: site.radio.stop, exact: true }).waitFor();
  visit.server.state.station = { ...visit.server.state.station, listeners: 2 };
  await visit.text(site.radio.listeners(2)).waitFor(); // the person counts too
  await visit.page.getByRole('link', { name: site.nav.library, exact: true }).click();
  const bar = visit.page.getByRole('complementary', { name: site.radio.bar });
  await bar.getByText(site.radio.onAir).waitFor();
  visit.server.emit('station', aStation({ now: aTrack({ mediaId: song.id, title: 'The next one' }) }));
  await bar.getByText('The next one').waitFor();
});

test('an unreachable stream: is retried', async () => {
  visit.server.state.broken.add('/play');
  await visit.open('/radio');
  await visit.page.getByRole('button', { name: site.radio.play, exact: true }).click();
  await visit.text(site.radio.reconnecting).waitFor();
  visit.server.state.broken.clear();
  await visit.text(site.radio.reconnecting).waitFor({ state: 'detached' });
});

test('/queue with a failed job: shows its problem and a retry button', async () => {
  const problem = new Problem('source-private').toDocument(problemWords({ code: 'source-private' }));
  visit.server.state.jobs = [aJob({ id: 'j', state: 'failed', problem })];
  await visit.open('/queue');
  await visit.text(problem.error).waitFor();
  await visit.page.getByRole('button', { name: site.queue.retry }).waitFor();
});

test('/queue with a job that waits for its next try: shows the reason, the time, and a button that tries now', async () => {
  const problem = new Problem('source-unreachable').toDocument(problemWords({ code: 'source-unreachable' }));
  const at = new Date(Date.now() + 600_000).toISOString();
  visit.server.state.jobs = [aJob({ id: 'j', state: 'queued', retry: { problem, at, count: 1 } })];
  await visit.open('/queue');
  await visit.text(`${problem.error} ${site.queue.nextTry(at)}`).waitFor();
  await visit.page.getByRole('button', { name: site.queue.retryNow }).waitFor();
});

test.each(['/nothing', '/watch', '/watch/%E0%A4%A'])('%s: shows the page for unknown addresses', async (path) => {
  await visit.open(path);
  await visit.text(site.notFound.heading).waitFor();
});
