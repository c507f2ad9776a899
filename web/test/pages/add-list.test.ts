import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Playlist, Probe } from '@linkcast/contracts';
import { languages, textsOf } from '@linkcast/texts';
import { aJob } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const { list: words } = site.add;
const LINK = 'https://example.com/list?id=1';

let visit: SiteVisit;
let page: Page;
visitSite((fresh) => {
  visit = fresh;
  ({ page } = fresh);
  fresh.server.state.jobs = [aJob({ id: 'j', title: 'Talks of 2026' })];
});

const aList = (more: Partial<Playlist> = {}): Playlist => ({
  title: 'Talks of 2026',
  entries: Array.from({ length: 12 }, (_, index) => ({
    url: `https://example.com/watch?v=${index}`,
    title: index === 1 ? `A title ${'that does not end '.repeat(10)}` : `Talk ${index + 1}`,
    durationSeconds: 60,
  })),
  hasMore: false,
  one: 'first',
  ...more,
});
const aProbe = (playlist: Playlist | null): Probe => ({
  title: 'Talk 1',
  uploader: 'Ada',
  durationSeconds: 754,
  thumbnail: null,
  heights: [],
  playlist,
});
/** The link offers this, and is a list when it is sent. */
const offer = (playlist: Playlist) => {
  visit.server.state.probes.set(LINK, aProbe(playlist));
  visit.server.state.lists.set(LINK, playlist);
};
const field = () => page.getByPlaceholder(site.add.placeholder);
const choice = (name: string) => page.getByRole('radio', { name });
const query = () => visit.server.state.queries.get('createJob');
const submit = () => page.getByRole('button', { name: site.add.asVideo }).click();
const sends = () => visit.server.calls.filter((call) => call.startsWith('POST /api/jobs')).length;

describe('the preview on the page for adding', () => {
  test('of a list, with the keyboard: names its first videos, and sends all of them', async () => {
    offer(aList());
    await visit.open('/add');
    await field().fill(LINK);
    await page.getByRole('status').getByText(words.found(12, false)).waitFor();
    await visit.heading('Talks of 2026').waitFor();
    expect(await page.getByRole('listitem').allTextContents()).toHaveLength(4);
    await visit.text(words.more(8)).waitFor();
    const group = page.getByRole('group', { name: words.question });
    expect(await group.getByRole('radio', { checked: true }).getAttribute('name')).toBe('list-choice');
    expect(await choice(words.one.first).isChecked()).toBe(true);
    await choice(words.one.first).focus();
    await page.keyboard.press('ArrowDown');
    expect(await choice(words.all(12)).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the button for a video
    await eventually(() => visit.address()).toBe('/add?job=j');
    expect(query()).toBe('?playlist=all');
    expect(visit.server.state.bodies.get('createJob')).toMatchObject({ url: LINK, type: 'video' });
  });

  test('of a shared link that names a video of a list: offers this video, which is chosen', async () => {
    offer(aList({ one: 'chosen' }));
    await visit.open(`/add?text=${encodeURIComponent(`Look: ${LINK}`)}`);
    await choice(words.one.chosen).waitFor();
    await submit();
    await eventually(query).toBe('?playlist=one');
  });

  test('of a longer list than is taken: says how many are', async () => {
    offer(aList({ hasMore: true }));
    await visit.open(`/add?url=${encodeURIComponent(LINK)}`);
    await visit.text(words.found(12, true)).waitFor();
    await choice(words.firstOf(12)).check();
    await submit();
    await eventually(query).toBe('?playlist=all');
  });

  test('of one video: shows its title, and sends it without a second reading', async () => {
    visit.server.state.probes.set(LINK, aProbe(null));
    await visit.open('/add');
    await field().fill(LINK);
    await visit.heading('Talk 1').waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    await submit();
    await eventually(query).toBe('?playlist=one');
  });

  test('of another link than before: has no choice of the earlier one', async () => {
    offer(aList());
    await visit.open('/add');
    await field().fill(LINK);
    await choice(words.all(12)).check();
    await field().fill('https://example.com/other');
    await eventually(() => page.getByRole('radio').count()).toBe(0);
    await eventually(() => visit.server.calls.filter((call) => call.startsWith('GET /api/probe')).length).toBe(2);
    await submit();
    await eventually(query).toBe('?playlist=ask'); // it could not be read
  });

  test('of words instead of a link: is not read', async () => {
    await visit.open('/add');
    await field().fill('a film about cats');
    await submit();
    await eventually(sends).toBe(1);
    expect(visit.server.calls.join()).not.toContain('/api/probe');
  });
});

describe('a list that is sent without a preview', () => {
  beforeEach(() => visit.server.state.lists.set(LINK, aList()));

  test('from the page for adding: the dialog asks, and all of them are sent', async () => {
    await visit.open('/add');
    await field().fill(LINK);
    await submit();
    const dialog = page.getByRole('dialog', { name: 'Talks of 2026' });
    await dialog.getByText(words.found(12, false)).waitFor();
    expect(query()).toBe('?playlist=ask');
    await dialog.getByRole('button', { name: words.all(12) }).click();
    await eventually(() => visit.address()).toBe('/add?job=j');
    expect(query()).toBe('?playlist=all');
  });

  test('from the library: the dialog asks; closed with Escape it sends nothing, and the link stays in the field', async () => {
    await visit.open('/');
    await field().fill(LINK);
    await field().press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Talks of 2026' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(sends()).toBe(1);
    expect(await field().inputValue()).toBe(LINK);

    await field().press('Enter');
    await dialog.getByRole('button', { name: words.one.first }).click();
    await visit.text(site.add.accepted).waitFor();
    expect(query()).toBe('?playlist=one');
    expect(await field().inputValue()).toBe('');
  });
});

describe.each(languages)('in %s, 320 pixels wide', (language) => {
  test.each(['light', 'dark'] as const)('in the %s scheme: preview and dialog fit', async (colorScheme) => {
    offer(aList({ hasMore: true }));
    const narrow = await visit.openOther({ locale: language, colorScheme, viewport: { width: 320, height: 700 } });
    const texts = textsOf(language).site.add;
    const overflow = () => narrow.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const picture = (name: string) =>
      process.env['LIST_PICTURES'] &&
      narrow.screenshot({
        path: `${process.env['LIST_PICTURES']}/${name}-${language}-${colorScheme}.png`,
        fullPage: true,
      });
    await narrow.goto(`${visit.server.url}/add?url=${encodeURIComponent(LINK)}`);
    await narrow.getByRole('radio', { name: texts.list.one.first }).waitFor();
    expect(await overflow()).toBe(0);
    await picture('preview');
    await narrow.goto(`${visit.server.url}/`);
    await narrow.getByPlaceholder(texts.placeholder).fill(LINK);
    await narrow.getByPlaceholder(texts.placeholder).press('Enter');
    await narrow
      .getByRole('dialog')
      .getByRole('button', { name: texts.list.firstOf(12) })
      .waitFor();
    expect(await overflow()).toBe(0);
    await picture('dialog');
    await narrow.close();
  });
});
