import { expect, test } from 'vitest';
import type { Media } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aJob, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const words = site.itemJobs;
const rendition = { codecs: 'x', bytes: 1, handling: 'copied' } as const;
const film = aMedia({
  id: mediaId('film'),
  title: 'A film',
  renditions: [
    { ...rendition, name: 'v720', kind: 'video', height: 720 },
    { ...rendition, name: 'audio', kind: 'audio', height: null },
  ],
});

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'member' });
  visit.server.state.jobs = [aJob({ id: 'j', fromItem: film.id })];
});

async function openMenu(item: Media): Promise<void> {
  visit.server.state.media = [item];
  await visit.open('/');
  await visit.page.getByRole('button', { name: site.library.actions(item.title) }).click();
  await visit.page.getByRole('dialog').getByText(site.item.copyLinkForMembers).waitFor();
}
const entry = (text: string) => visit.page.getByRole('dialog').getByRole('button', { name: text });

test('the menu of a video: makes audio of it', async () => {
  await openMenu(film);
  await entry(words.makeAudio).click();
  await visit.text(words.started).waitFor();
  expect(visit.server.calls.filter((call) => call.includes(`${film.id}/audio`))).toHaveLength(1);
});

test('the menu of a video: fetches it again, and says when there is nothing to do', async () => {
  visit.server.state.jobs = [aJob({ id: 'j', state: 'ready' })];
  await openMenu(film);
  await entry(words.fetchAgain).click();
  await visit.text(words.present).waitFor();
  expect(visit.server.state.bodies.get('fetchMedia')).toEqual({});
});

test('the menu of a video: offers the qualities that it does not have, up to that of the server', async () => {
  await openMenu(film);
  await entry(words.anotherQuality).click();
  await visit.text(words.qualityHint).waitFor();
  const offered = await visit.page.getByRole('dialog').locator('.menu button').allTextContents();
  const { best, '1080p': fullHd, '480p': small, '360p': smallest } = site.add.qualities;
  expect(offered).toEqual([best, fullHd, small, smallest]);
  await entry(small).click();
  await eventually(() => visit.server.state.bodies.get('fetchMedia')).toEqual({ quality: '480p' });
});

test.each<[string, Media, string[]]>([
  ['of somebody else', { ...film, personId: 'bert' }, [words.makeAudio]],
  ['of an own file', { ...film, sourceUrl: null }, [words.makeAudio]],
  ['of a recording', { ...film, recording: 'ended' }, [words.makeAudio]],
  ['without sound', { ...film, renditions: film.renditions.slice(0, 1) }, [words.anotherQuality, words.fetchAgain]],
  ['that is arriving', { ...film, state: 'playable' }, []],
])('the menu of a video %s: offers what is possible', async (_name, item, expected) => {
  await openMenu(item);
  const all = [words.makeAudio, words.anotherQuality, words.fetchAgain];
  const texts = await visit.page.getByRole('dialog').locator('.menu button').allTextContents();
  expect(texts.filter((text) => all.includes(text))).toEqual(expected);
});
