import { expect, test } from 'vitest';
import { paths, Problem } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia } from '../../support/canned.ts';
import { aDelivery, aTarget } from '../../support/sources/canned-deliveries.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site, problems } = textsOf('en');
const words = site.deliveries;
const PIN = `SHA256:${'A'.repeat(43)}`;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
});
const fill = (label: string, text: string) => visit.page.getByLabel(label, { exact: true }).fill(text);

test('an owner: tries a server, confirms the key that it shows, and makes the target', async () => {
  visit.server.state.check = { pin: PIN, problem: new Problem('delivery-unconfirmed').toDocument() };
  await visit.open(paths.settings);
  await visit.text(words.none).waitFor();
  await fill(words.name, 'The NAS');
  await fill(words.host, 'nas.lan');
  await fill(words.user, 'media');
  await fill(words.password, 's3cret');
  await visit.button(words.test).click();
  await visit.text(PIN).waitFor();
  await visit.button(words.confirm).click();
  await visit.text(words.works).waitFor();
  await visit.page.getByLabel(words.rule).selectOption('all');
  await visit.button(words.make).click();
  await eventually(() => visit.server.state.targets.length).toBe(1);
  expect(visit.server.state.bodies.get('createDeliveryTarget')).toMatchObject({
    ...{ kind: 'sftp', host: 'nas.lan', port: 0, user: 'media', secret: 's3cret', pin: PIN },
    rule: { items: 'all' },
  });
  await visit.text('The NAS').waitFor();
});

test('plain FTP: says that everybody on the network can read the password', async () => {
  await visit.open(paths.settings);
  await visit.page.locator('select[name=kind]').selectOption('ftp');
  await visit.text(words.ftpWarning).waitFor();
});

test('a target: is paused, and deleted', async () => {
  visit.server.state.targets = [aTarget()];
  await visit.open(paths.settings);
  await visit.button(words.pause).click();
  await eventually(() => visit.server.state.targets[0]?.isPaused).toBe(true);
  await visit.button(words.removeOf('The NAS')).click();
  await eventually(() => visit.server.state.targets.length).toBe(0);
});

test('a delivery that has failed: says why, and is tried again', async () => {
  const problem = new Problem('delivery-host-key').toDocument();
  visit.server.state.targets = [aTarget()];
  visit.server.state.deliveries = [aDelivery({ state: 'failed', problem })];
  await visit.open(paths.settings);
  await visit.text(problems['delivery-host-key'].sentence({})).waitFor();
  await visit.button(words.retry).click();
  await eventually(() => visit.server.state.deliveries[0]?.state).toBe('queued');
});

test('the menu of an item: delivers it to a target', async () => {
  const item = aMedia({ id: 'aaaaaaaaaaaaaaaaaaab' });
  visit.server.state.media = [item];
  visit.server.state.targets = [aTarget()];
  await visit.open(paths.library);
  await visit.button(site.library.actions(item.title)).click();
  await visit.button(words.deliverTo('The NAS')).click();
  await eventually(() => visit.server.state.bodies.get('deliverMedia')).toEqual({ targetId: 'target0' });
});

test('a member: sees no deliveries', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  await visit.open(paths.settings);
  await visit.text(site.cookies.heading).waitFor();
  expect(await visit.text(words.heading).count()).toBe(0);
});
