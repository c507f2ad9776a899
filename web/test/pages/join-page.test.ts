import { beforeEach, describe, expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, anInvitation, aPerson, mediaId } from '../support/canned.ts';
import { visitSite, type SiteVisit } from '../support/site-visit.ts';

const texts = textsOf('en');

const { site } = texts;
const CODE = 'AbCdEf_gh-0123456789xy';
const ACCEPT = 'POST /api/invitations/accept';
const film = aMedia({ id: mediaId('film'), title: 'A film' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film];
  visit.server.state.caller = aCaller({ role: 'nobody' });
});

const field = () => visit.page.getByLabel(site.join.name);
const refusal = () => visit.text(texts.problems['invitation-refused'].sentence({}));

describe('without a session', () => {
  test('an invitation: is accepted under the name of the person, and opens the library without the code', async () => {
    visit.server.state.invitations.set(CODE, anInvitation({ id: 'i' }));
    await visit.open('/');
    await visit.open(`/join#${CODE}`);
    await visit.heading(site.join.heading).waitFor();
    expect(await visit.button(site.join.submit).isDisabled()).toBe(true);
    await field().fill('  Grace  ');
    expect(visit.server.calls).not.toContain(ACCEPT);
    await visit.page.keyboard.press('Enter');
    await visit.heading(film.title).waitFor();
    expect(visit.server.state.bodies.get('acceptInvitation')).toEqual({ code: CODE, name: 'Grace' });
    expect(visit.address()).toBe('/');
    await visit.page.goBack();
    expect(visit.address()).not.toContain(CODE);
  });

  test('a refused invitation: shows the problem, and removes the code from the address', async () => {
    await visit.open(`/join#${CODE}`);
    await field().fill('Grace');
    await visit.button(site.join.submit).click();
    await refusal().waitFor();
    expect(visit.address()).toBe('/join');
    expect(await field().count()).toBe(0);
    await visit.page.getByRole('link', { name: site.join.signIn }).click();
    await visit.page.getByLabel(site.signIn.code).waitFor();
  });

  test('another link in the same tab after a refusal: can be accepted', async () => {
    visit.server.state.invitations.set('another-code', anInvitation({ id: 'i' }));
    await visit.open(`/join#${CODE}`);
    await field().fill('Grace');
    await visit.button(site.join.submit).click();
    await refusal().waitFor();
    await visit.page.evaluate(() => location.assign('/join#another-code'));
    await field().fill('Grace');
    await visit.button(site.join.submit).click();
    await visit.heading(film.title).waitFor();
  });

  test.each([
    ['too many attempts', () => visit.server.state.problems.set(ACCEPT, 'too-many-requests'), 'too-many-requests'],
    ['an unreachable server', () => visit.server.state.broken.add('/api/invitations'), undefined],
  ] as const)('%s: shows the problem, keeps the code, and can be tried again', async (_, fail, problem) => {
    visit.server.state.invitations.set(CODE, anInvitation({ id: 'i' }));
    await visit.open(`/join#${CODE}`);
    fail();
    await field().fill('Grace');
    await visit.button(site.join.submit).click();
    await visit.text(problem ? texts.problems[problem].sentence({}) : site.errors.unavailable).waitFor();
    expect(visit.address()).toBe(`/join#${CODE}`);
    visit.server.state.problems.clear();
    visit.server.state.broken.clear();
    await visit.button(site.join.submit).click();
    await visit.heading(film.title).waitFor();
  });

  test.each(['/join', '/join#short', '/join#has%20space', `/join#${'x'.repeat(65)}`])(
    '%s: says that the link is incomplete',
    async (path) => {
      await visit.open(path);
      await visit.heading(site.join.incompleteHeading).waitFor();
      await visit.page.getByRole('link', { name: site.join.signIn }).waitFor();
    },
  );
});

test('a visitor of a public installation: can accept an invitation', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  visit.server.state.invitations.set(CODE, anInvitation({ id: 'i' }));
  await visit.open(`/join#${CODE}`);
  await field().fill('Grace');
  await visit.button(site.join.submit).click();
  await visit.page.getByRole('link', { name: site.nav.queue }).waitFor();
});

describe('with a session', () => {
  beforeEach(() => {
    visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
    visit.server.state.people = [aPerson({ id: 'ada', name: 'Ada' })];
    visit.server.state.invitations.set(CODE, anInvitation({ id: 'i', role: 'owner' }));
  });

  const whoTheyAre = () => visit.text(site.signIn.switchLead('Ada', site.account.roles.member));

  test('an invitation: names the person, and is not accepted on the way to the library', async () => {
    await visit.open(`/join#${CODE}`);
    await whoTheyAre().waitFor();
    await visit.page.getByRole('link', { name: site.item.toLibrary }).click();
    await visit.heading(film.title).waitFor();
    expect(visit.server.calls).not.toContain(ACCEPT);
  });

  test('an accepted invitation for an owner: makes the same person an owner', async () => {
    await visit.open(`/join#${CODE}`);
    await visit.button(site.join.accept).click();
    await visit.heading(film.title).waitFor();
    expect(visit.address()).toBe('/');
    await visit.link(site.account.open).click();
    await visit.page.getByText('Ada', { exact: true }).waitFor();
    await visit.page.getByText(site.account.roles.owner, { exact: true }).waitFor();
    expect(visit.server.state.people).toHaveLength(1);
  });

  test('a refused invitation: shows the problem and keeps the session', async () => {
    visit.server.state.invitations.clear();
    await visit.open(`/join#${CODE}`);
    await visit.button(site.join.accept).click();
    await refusal().waitFor();
    expect(visit.address()).toBe('/join');
    await visit.page.getByRole('link', { name: site.item.toLibrary }).click();
    await visit.heading(film.title).waitFor();
    expect(visit.server.state.caller.name).toBe('Ada');
  });
});
