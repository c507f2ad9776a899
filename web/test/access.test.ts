import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { texts } from '@linkcast/texts';
import { aCaller, aJob, aMedia, aSession, aStation, aTrack, mediaId } from './support/canned.ts';
import type { SiteServer } from './support/site-server.ts';
import { eventually, visitSite } from './support/site-visit.ts';

const { site } = texts;
const CODE = 'abcd-efgh-jkmn';
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let server: SiteServer;
let page: Page;
let openOther: () => Promise<Page>;

visitSite((visit) => {
  ({ server, page, openOther } = visit);
  server.state.media = [film, song];
  server.state.caller = aCaller({ role: 'nobody' });
});

const open = (path: string) => page.goto(server.url + path);
const text = (words: string | RegExp) => page.getByText(words).first();
const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = () => page.getByLabel(site.signIn.code);
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const address = () => page.url().slice(server.url.length);

describe('signing in', () => {
  test('a sign-in link signs in at once, leaves no code in the address, and opens the library', async () => {
    server.state.codes.set(CODE, 'member');
    await open(`/sign-in#${CODE}`);
    await heading(film.title).waitFor();
    expect(address()).toBe('/');
    expect(server.state.bodies.get('signIn')).toEqual({ code: CODE });
  });

  test('a page that nobody may see asks for a code, and is shown as soon as it is typed', async () => {
    server.state.codes.set(CODE, 'member');
    await open(film.links.page);
    await field().pressSequentially(CODE.replaceAll('-', '').toUpperCase());
    expect(await field().inputValue()).toBe(CODE);
    await page.keyboard.press('Enter');
    await heading(film.title).waitFor();
    expect(address()).toBe(film.links.page);
  });

  test('a pasted sign-in link gives its code to the field', async () => {
    await open('/sign-in');
    await field().fill(`https://home.test/sign-in#${CODE}`);
    expect(await field().inputValue()).toBe(CODE);
  });

  test('a code corrected in its middle keeps the caret there', async () => {
    await open('/sign-in');
    await field().fill('abcd-efg');
    await field().press('Home');
    await page.keyboard.type('222222');
    expect(await field().inputValue()).toBe('2222-22ab-cdef');
    const caret = await field().evaluate((input: HTMLInputElement) => input.selectionStart);
    expect(caret).toBe(7);
  });

  describe('by a link, while signed in as somebody', () => {
    const question = () => text(site.signIn.switchLead('Ada', site.account.roles.owner));
    const calls = (method: string) => server.calls.filter((call) => call === `${method} /api/session`);
    beforeEach(() => {
      server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
      server.state.codes.set(CODE, 'member');
    });

    test('asks first, with the name of who is in, and uses no code until then', async () => {
      await open(`/sign-in#${CODE}`);
      await question().waitFor();
      await page.reload();
      await question().waitFor();
      expect(calls('POST')).toEqual([]);
      expect([...server.state.codes.keys()]).toEqual([CODE]);
    });

    test('stays who they are when they want, and the code is still good', async () => {
      await open(`/sign-in#${CODE}`);
      await button(site.signIn.stay('Ada')).click();
      await heading(film.title).waitFor();
      expect(address()).toBe('/');
      expect(calls('POST')).toEqual([]);
      await page.reload();
      await heading(film.title).waitFor();
      expect(server.state.caller.role).toBe('owner');
    });

    test('becomes the other when they agree, and the events come by the new session', async () => {
      await open(`/sign-in#${CODE}`);
      await button(site.signIn.switch).click();
      await heading(film.title).waitFor();
      expect(address()).toBe('/');
      expect(server.state.caller.role).toBe('member');
      await eventually(() => server.calls.filter((call) => call.startsWith('GET /api/events')).length).toBe(2);
      await eventually(server.listenerCount).toBe(1);
    });

    test('agrees to a link that was used already: is told so, and stays', async () => {
      server.state.codes.clear();
      await open(`/sign-in#${CODE}`);
      await button(site.signIn.switch).click();
      await text(texts.problems['sign-in-refused'].sentence({})).waitFor();
      await heading(film.title).waitFor();
      expect(server.state.caller.name).toBe('Ada');
    });

    test('agrees while the server is away: is asked again, and nothing is lost', async () => {
      await open(`/sign-in#${CODE}`);
      await question().waitFor();
      server.state.broken.add('/api/session');
      await button(site.signIn.switch).click();
      await text(site.errors.unavailable).waitFor();
      server.state.broken.clear();
      await button(site.signIn.switch).click();
      await heading(film.title).waitFor();
      expect(server.state.caller.role).toBe('member');
    });

    test('opened in the tab where the site is open: asks as well', async () => {
      await open('/radio');
      await button(site.radio.play).waitFor();
      await page.evaluate((code) => location.assign(`/sign-in#${code}`), CODE);
      await question().waitFor();
      expect(calls('POST')).toEqual([]);
    });

    test('a server that is away at first: asks when it is back', async () => {
      server.state.broken.add('/api/session');
      await open(`/sign-in#${CODE}`);
      await text(site.errors.unavailable).waitFor();
      server.state.broken.clear();
      await question().waitFor();
      expect(server.state.caller.role).toBe('owner');
    });

    test('data of a Mini App in a link, outside of Telegram: asks as well', async () => {
      server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
      await open(`/radio#tgWebAppData=${encodeURIComponent(server.state.initData)}`);
      await question().waitFor();
      expect(calls('POST')).toEqual([]);
      await button(site.signIn.stay('Ada')).click();
      await button(site.radio.play).waitFor();
      expect(address()).toBe('/radio');
    });

    test('a Mini App that is reloaded in Telegram: asks nobody', async () => {
      server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
      await page.addInitScript('window.TelegramWebviewProxy = { postEvent() {} }');
      await open(`/radio#tgWebAppData=${encodeURIComponent(server.state.initData)}`);
      await button(site.radio.play).waitFor();
      expect(address()).toBe('/radio');
      expect(server.state.caller.role).toBe('member');
      await open('/radio');
      await open(`/radio#tgWebAppData=used`);
      await text(site.signIn.already).waitFor();
    });

    test('a code in a link inside of Telegram: asks', async () => {
      await page.addInitScript('window.TelegramWebviewProxy = { postEvent() {} }');
      await open(`/sign-in#${CODE}`);
      await question().waitFor();
    });
  });

  test('a wrong code is refused with a sentence, and the field keeps the focus', async () => {
    await open('/sign-in');
    await field().fill(CODE);
    await button(site.signIn.submit).click();
    await text(texts.problems['sign-in-refused'].sentence({})).waitFor();
    await eventually(() => field().evaluate((input) => input === document.activeElement)).toBe(true);
    server.state.codes.set(CODE, 'owner');
    await page.keyboard.press('Enter');
    await heading(film.title).waitFor();
  });

  test('half a code is not sent', async () => {
    await open('/sign-in');
    await field().fill('abcd-ef');
    await page.keyboard.press('Enter');
    await text(site.signIn.incomplete).waitFor();
    expect(server.calls).not.toContain('POST /api/session');
  });

  test('a link that was used already says so, and asks for another code', async () => {
    await open(`/sign-in#${CODE}`);
    await text(texts.problems['sign-in-refused'].sentence({})).waitFor();
    await field().waitFor();
    expect(address()).toBe('/sign-in');
  });

  test('too many tries are answered with patience', async () => {
    server.state.problems.set('POST /api/session', 'too-many-requests');
    await open(`/sign-in#${CODE}`);
    await text(texts.problems['too-many-requests'].sentence({})).waitFor();
    await field().waitFor();
    expect(address()).toBe('/sign-in');
  });

  test('a Mini App signs in by what Telegram said, unchanged, and stays on its page', async () => {
    server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
    await open(`/radio#tgWebAppData=${encodeURIComponent(server.state.initData)}&tgWebAppVersion=8.0`);
    await button(site.radio.play).waitFor();
    expect(address()).toBe('/radio');
  });

  test('the way to the bot is shown when its name is known', async () => {
    await open('/sign-in');
    const link = page.getByRole('link', { name: site.signIn.openBot('linkcast_bot') });
    expect(await link.getAttribute('href')).toBe('https://t.me/linkcast_bot');
  });

  test('a server that does not answer is said to be away, and asked again', async () => {
    server.state.caller = aCaller({ role: 'owner' });
    server.state.broken.add('/api/session');
    await open('/');
    await text(site.errors.unavailable).waitFor();
    server.state.broken.clear();
    await heading(film.title).waitFor();
  });
});

describe('a session that ends', () => {
  test('one that was revoked leads to the sign-in screen, keeps the address, and ends the events', async () => {
    server.state.caller = aCaller({ role: 'member' });
    await open('/radio');
    await button(site.radio.play).waitFor();
    await eventually(server.listenerCount).toBe(1);
    server.state.caller = aCaller({ role: 'nobody' });
    await button(site.radio.skip).click();
    await field().waitFor();
    expect(address()).toBe('/radio');
    await eventually(server.listenerCount).toBe(0);

    server.state.codes.set(CODE, 'member');
    await field().fill(CODE);
    await page.keyboard.press('Enter');
    await button(site.radio.play).waitFor();
    await eventually(server.listenerCount).toBe(1);
  });

  test('one that was revoked while nobody touches the page is noticed when the events break off', async () => {
    server.state.caller = aCaller({ role: 'member' });
    await open('/queue');
    await eventually(server.listenerCount).toBe(1);
    server.state.caller = aCaller({ role: 'nobody' });
    server.dropListeners();
    await field().waitFor();
    expect(address()).toBe('/queue');
  });

  test('signing out here leads to the sign-in screen', async () => {
    server.state.caller = aCaller({ role: 'member', name: 'Ada' });
    await open('/');
    await button(site.account.open).click();
    await button(site.account.signOutHere).click();
    await field().waitFor();
  });
});

describe('what each may do', () => {
  test('a visitor watches and listens, and is offered nothing that adds', async () => {
    server.state.caller = aCaller({ role: 'visitor' });
    server.state.media = [film, song].map((item) => ({ ...item, uploader: null, sourceUrl: null }));
    server.state.jobs = [aJob({ id: 'j', title: 'Arriving' })];
    server.state.station = aStation({ now: aTrack({ mediaId: song.id, title: 'On the air' }) });
    await open('/');
    await heading(film.title).waitFor();
    expect(await heading('Arriving').count()).toBe(0);
    expect(await page.getByLabel(site.add.field).count()).toBe(0);
    expect(await page.getByRole('link', { name: site.nav.add, exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: site.library.actions(film.title) }).click();
    expect(await page.getByRole('dialog').getByRole('button').allTextContents()).toEqual(['', site.item.copyLink]);
    await page.keyboard.press('Escape');

    expect(await page.getByRole('link', { name: site.nav.queue }).count()).toBe(0);
    await page.getByRole('link', { name: site.nav.radio }).click();
    await heading('On the air').waitFor();
    expect(await button(site.radio.skip).count()).toBe(0);
    expect(await button(site.share.radioHeading).count()).toBe(0);
    expect(await text(site.radio.request).count()).toBe(0);
    await open(song.links.page);
    await heading(song.title).waitFor();
    expect(await button(site.share.share).count()).toBe(0);
    expect(await button(site.item.requestOnRadio).count()).toBe(0);
    await text(site.item.details).click();
    await text(site.item.added).waitFor();
    expect(await page.locator('dt', { hasText: site.item.source }).count()).toBe(0);
    expect(server.calls.filter((call) => /jobs|events/.test(call))).toEqual([]);
    expect(await text(site.connection.lost).count()).toBe(0);
  });

  test('a visitor is shown what is new without events, and nothing is asked that is not theirs', async () => {
    server.state.caller = aCaller({ role: 'visitor' });
    await page.clock.install();
    await open('/');
    await heading(film.title).waitFor();
    const fresh = aMedia({ id: mediaId('fresh'), title: 'Fresh', createdAt: '2027-01-01T00:00:00.000Z' });
    server.state.media = [fresh, film, song];
    await page.clock.runFor(31_000);
    await heading('Fresh').waitFor();
    server.state.broken.add('/api/');
    await page.clock.runFor(31_000);
    await eventually(() => server.calls.filter((call) => call.startsWith('GET /api/media')).length).toBe(3);
    expect(await heading('Fresh').count()).toBe(1);
    expect(server.calls.filter((call) => /jobs|events/.test(call))).toEqual([]);
  });

  test('a visitor at the queue is asked to sign in, and sees it then', async () => {
    server.state.caller = aCaller({ role: 'visitor' });
    server.state.codes.set(CODE, 'member');
    await open('/queue');
    await field().fill(CODE);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: site.queue.heading }).waitFor();
    await eventually(server.listenerCount).toBe(1);
  });

  test('somebody whose session ends on a public site goes on as a visitor, without jobs', async () => {
    server.state.caller = aCaller({ role: 'member' });
    server.state.jobs = [aJob({ id: 'j', title: 'Arriving' })];
    await open('/');
    await heading('Arriving').waitFor();
    await eventually(server.listenerCount).toBe(1);
    server.state.caller = aCaller({ role: 'visitor' });
    server.dropListeners();
    await heading('Arriving').waitFor({ state: 'detached' });
    await heading(film.title).waitFor();
    await text(site.connection.lost).waitFor({ state: 'detached' });
    expect(server.listenerCount()).toBe(0);
  });

  test('a visitor who wants to add is asked to sign in, and goes on there', async () => {
    server.state.caller = aCaller({ role: 'visitor' });
    server.state.codes.set(CODE, 'member');
    await open('/add');
    await field().fill(CODE);
    await page.keyboard.press('Enter');
    await page.getByLabel(site.add.field).waitFor();
  });

  test('a member sees their devices, and nothing of the server', async () => {
    server.state.caller = aCaller({ role: 'member', name: 'Ada' });
    server.state.sessions = [aSession({ id: 's', isCurrent: true, device: 'Chromium on Linux' })];
    await open('/');
    await button(site.account.open).click();
    await text('Chromium on Linux').waitFor();
    await text(site.account.roles.member).waitFor();
    expect(await heading(site.health.heading).count()).toBe(0);
    expect(await button(site.account.makeCode).count()).toBe(0);
    expect(server.calls).not.toContain('GET /api/health');
  });

  test('an owner sees how the server is, signs a device out, and makes a code for another', async () => {
    server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
    server.state.sessions = [
      aSession({ id: 'here', isCurrent: true, device: 'Chromium on Linux' }),
      aSession({ id: 'there', name: 'Grace', device: 'Safari on iPhone' }),
    ];
    await open('/');
    await button(site.account.open).click();
    await text(server.state.health.reachability.sentence).waitFor();
    await button(site.account.signOutOf('Safari on iPhone')).click();
    await text('Safari on iPhone').waitFor({ state: 'detached' });
    expect(server.state.sessions.map(({ id }) => id)).toEqual(['here']);
    await button(site.account.makeCode).click();
    await text('wxyz-2345-abcd').waitFor();
  });

  test('pictures taller than the limit are not offered', async () => {
    server.state.caller = aCaller({ role: 'member', maxHeight: 720 });
    await open('/add');
    const offered = await page.getByLabel(site.add.quality).locator('option').allTextContents();
    expect(offered).toEqual(['best', '720p', '480p', '360p'].map((name) => qualityText(name)));
  });
});

describe('sharing', () => {
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  test('a share is made, copied, works for a guest, and is stopped', async () => {
    server.state.caller = aCaller({ role: 'member' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(film.links.page);
    await button(site.share.share).click();
    await button(site.share.days(1)).click();
    await button(site.share.make).click();
    await button(site.share.copy).click();
    await text(site.share.copied).waitFor();
    expect(server.state.bodies.get('shareMedia')).toEqual({ lifetimeSeconds: 86_400 });
    const link = await clipboard();
    expect(link).toMatch(new RegExp(`^${server.url}/s/.{22}/$`));

    const guest = await openOther();
    await guest.goto(link);
    await guest.getByRole('heading', { name: film.title }).waitFor();
    await page.getByRole('button', { name: /^Stop sharing/ }).click();
    await text(site.share.stopped).waitFor();
    await guest.reload();
    await guest.getByText(site.guest.endedHeading).waitFor();
    await guest.close();
  });

  test('the VLC link of a member is one that a player can open', async () => {
    server.state.caller = aCaller({ role: 'member' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(film.links.page);
    await button(site.item.vlc).click();
    await text(site.item.vlcCopied).waitFor();
    const link = await clipboard();
    const playlist = await fetch(link);
    expect(link).toContain('/s/');
    expect(playlist.status).toBe(200);
  });

  test('the radio is shared for players that cannot sign in', async () => {
    server.state.caller = aCaller({ role: 'member' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('/radio');
    await button(site.share.radioHeading).click();
    await button(site.share.make).click();
    await button(site.share.copyStream).click();
    await text(site.share.copiedStream).waitFor();
    expect(await clipboard()).toMatch(/\/s\/.{22}\/play$/);
  });
});

function qualityText(name: string): string {
  return Object.entries(site.add.qualities).find(([quality]) => quality === name)?.[1] ?? name;
}
