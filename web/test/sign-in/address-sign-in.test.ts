import { beforeEach, describe, expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const texts = textsOf('en');

const { site } = texts;
const CODE = 'abcd-efgh-jkmn';
const film = aMedia({ id: mediaId('film'), title: 'A film' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film];
  visit.server.state.caller = aCaller({ role: 'nobody' });
});

const field = () => visit.page.getByLabel(site.signIn.code);
const question = () => visit.text(site.signIn.switchLead('Ada', site.account.roles.owner));
const calls = (method: string) => visit.server.calls.filter((call) => call === `${method} /api/session`);

describe('without a session', () => {
  test('a sign-in link: signs in, removes the code from the address, and opens the library', async () => {
    visit.server.state.codes.set(CODE, 'member');
    await visit.open(`/sign-in#${CODE}`);
    await visit.heading(film.title).waitFor();
    expect(visit.address()).toBe('/');
    expect(visit.server.state.bodies.get('signIn')).toEqual({ code: CODE });
  });

  test('a used link: the form shows the problem and requests another code', async () => {
    await visit.open(`/sign-in#${CODE}`);
    await visit.text(texts.problems['sign-in-refused'].sentence({})).waitFor();
    await field().waitFor();
    expect(visit.address()).toBe('/sign-in');
  });

  test('too many attempts: the form shows the problem at the address of the sign-in page', async () => {
    visit.server.state.problems.set('POST /api/session', 'too-many-requests');
    await visit.open(`/sign-in#${CODE}`);
    await visit.text(texts.problems['too-many-requests'].sentence({})).waitFor();
    await field().waitFor();
    expect(visit.address()).toBe('/sign-in');
  });

  test('a Mini App: signs in with the unchanged data of Telegram, and stays on its page', async () => {
    visit.server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
    await visit.open(`/radio#tgWebAppData=${encodeURIComponent(visit.server.state.initData)}&tgWebAppVersion=8.0`);
    await visit.button(site.radio.play).waitFor();
    expect(visit.address()).toBe('/radio');
  });
});

describe('with a session', () => {
  beforeEach(() => {
    visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
    visit.server.state.codes.set(CODE, 'member');
  });

  test('a sign-in link: requires confirmation with the name of the person, and sends no code before', async () => {
    await visit.open(`/sign-in#${CODE}`);
    await question().waitFor();
    await visit.page.reload();
    await question().waitFor();
    expect(calls('POST')).toEqual([]);
    expect([...visit.server.state.codes.keys()]).toEqual([CODE]);
  });

  test('a declined link: leaves the session and the code unchanged', async () => {
    await visit.open(`/sign-in#${CODE}`);
    await visit.button(site.signIn.stay('Ada')).click();
    await visit.heading(film.title).waitFor();
    expect(visit.address()).toBe('/');
    expect(calls('POST')).toEqual([]);
    await visit.page.reload();
    await visit.heading(film.title).waitFor();
    expect(visit.server.state.caller.role).toBe('owner');
  });

  test('a confirmed link: switches the session, and the events belong to the new one', async () => {
    await visit.open(`/sign-in#${CODE}`);
    await visit.button(site.signIn.switch).click();
    await visit.heading(film.title).waitFor();
    expect(visit.address()).toBe('/');
    expect(visit.server.state.caller.role).toBe('member');
    await eventually(() => visit.server.calls.filter((call) => call.startsWith('GET /api/events')).length).toBe(2);
    await eventually(visit.server.listenerCount).toBe(1);
  });

  test('a confirmed link that was used before: shows the problem and keeps the session', async () => {
    visit.server.state.codes.clear();
    await visit.open(`/sign-in#${CODE}`);
    await visit.button(site.signIn.switch).click();
    await visit.text(texts.problems['sign-in-refused'].sentence({})).waitFor();
    await visit.heading(film.title).waitFor();
    expect(visit.server.state.caller.name).toBe('Ada');
  });

  test('a confirmed link during an outage of the server: can be confirmed again', async () => {
    await visit.open(`/sign-in#${CODE}`);
    await question().waitFor();
    visit.server.state.broken.add('/api/session');
    await visit.button(site.signIn.switch).click();
    await visit.text(site.errors.unavailable).waitFor();
    visit.server.state.broken.clear();
    await visit.button(site.signIn.switch).click();
    await visit.heading(film.title).waitFor();
    expect(visit.server.state.caller.role).toBe('member');
  });

  test('a link opened in a tab of the site: requires confirmation', async () => {
    await visit.open('/radio');
    await visit.button(site.radio.play).waitFor();
    await visit.page.evaluate((code) => location.assign(`/sign-in#${code}`), CODE);
    await question().waitFor();
    expect(calls('POST')).toEqual([]);
  });

  test('a link opened during an outage of the server: requires confirmation when the server answers', async () => {
    visit.server.state.broken.add('/api/session');
    await visit.open(`/sign-in#${CODE}`);
    await visit.text(site.errors.unavailable).waitFor();
    visit.server.state.broken.clear();
    await question().waitFor();
    expect(visit.server.state.caller.role).toBe('owner');
  });

  test('Mini App data in a link outside Telegram: requires confirmation', async () => {
    visit.server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
    await visit.open(`/radio#tgWebAppData=${encodeURIComponent(visit.server.state.initData)}`);
    await question().waitFor();
    expect(calls('POST')).toEqual([]);
    await visit.button(site.signIn.stay('Ada')).click();
    await visit.button(site.radio.play).waitFor();
    expect(visit.address()).toBe('/radio');
  });

  test('a Mini App reloaded in Telegram: signs in without confirmation; with used data: reports an existing sign-in', async () => {
    visit.server.state.initData = 'user=%7B%22id%22%3A7%7D&auth_date=1&hash=ab';
    await visit.page.addInitScript('window.TelegramWebviewProxy = { postEvent() {} }');
    await visit.open(`/radio#tgWebAppData=${encodeURIComponent(visit.server.state.initData)}`);
    await visit.button(site.radio.play).waitFor();
    expect(visit.address()).toBe('/radio');
    expect(visit.server.state.caller.role).toBe('member');
    await visit.open('/radio');
    await visit.open(`/radio#tgWebAppData=used`);
    await visit.text(site.signIn.already).waitFor();
  });

  test('a sign-in link inside Telegram: requires confirmation', async () => {
    await visit.page.addInitScript('window.TelegramWebviewProxy = { postEvent() {} }');
    await visit.open(`/sign-in#${CODE}`);
    await question().waitFor();
  });
});
