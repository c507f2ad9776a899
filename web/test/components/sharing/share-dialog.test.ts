import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, mediaId } from '../../support/canned.ts';
import { visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film];
  visit.server.state.caller = aCaller({ role: 'member' });
});

const clipboard = () => visit.page.evaluate(() => navigator.clipboard.readText());

test('a new share: is copied, opened by a guest, and ends when it is revoked', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open(film.links.page);
  await visit.button(site.share.share).click();
  await visit.button(site.share.days(1)).click();
  await visit.button(site.share.make).click();
  await visit.button(site.share.copy).click();
  await visit.text(site.share.copied).waitFor();
  expect(visit.server.state.bodies.get('shareMedia')).toEqual({ lifetimeSeconds: 86_400 });
  const link = await clipboard();
  expect(link).toMatch(new RegExp(`^${visit.server.url}/s/.{22}/$`));

  const guest = await visit.openOther();
  await guest.goto(link);
  await guest.getByRole('heading', { name: film.title }).waitFor();
  await visit.page.getByRole('button', { name: /^Stop sharing/ }).click();
  await visit.text(site.share.stopped).waitFor();
  await guest.reload();
  await guest.getByText(site.guest.endedHeading).waitFor();
  await guest.close();
});

test('the VLC link of a member: is made in the share dialog only, and opens without a session', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open(film.links.page);
  await visit.button(site.item.playInVlc).click();
  await visit.button(site.share.make).waitFor();
  expect(visit.server.state.shares.size).toBe(0); // nothing is public unasked
  await visit.button(site.share.make).click();
  await visit.button(site.share.copyVlc).click();
  await visit.text(site.share.copiedStream).waitFor();
  const link = await clipboard();
  const playlist = await fetch(link);
  expect(link).toContain('/s/');
  expect(playlist.status).toBe(200);
});

test('a share of the radio: has a stream URL that contains the share', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open('/radio');
  await visit.button(site.share.radioHeading).click();
  await visit.button(site.share.make).click();
  await visit.button(site.share.copyStream).click();
  await visit.text(site.share.copiedStream).waitFor();
  expect(await clipboard()).toMatch(/\/s\/.{22}\/play$/);
});
