import { Deliveries, Delivery, DeliveryTarget, DeliveryTargets } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const SECRET = 's3cret of the server';
const PIN = `SHA256:${'A'.repeat(43)}`;
const SFTP = { name: 'The NAS', kind: 'sftp', host: 'nas.lan', user: 'media', secret: SECRET, pin: PIN };

let api: ApiFixture;
let owner: Browser;
beforeEach(async () => {
  api = await startApi();
  owner = openBrowser(api);
  await owner.signIn();
});
afterEach(() => api.stop());

const make = async (): Promise<DeliveryTarget> =>
  DeliveryTarget.parse((await owner.ask('post', '/api/delivery-targets', SFTP)).body);

test('a target that an owner makes: is listed without its secret, paused, and deleted', async () => {
  const made = await owner.ask('post', '/api/delivery-targets', SFTP);
  expect(made.status).toBe(201);
  const { id } = DeliveryTarget.parse(made.body);
  const paused = await owner.ask('patch', `/api/delivery-targets/${id}`, { isPaused: true });
  expect(DeliveryTarget.parse(paused.body)).toMatchObject({
    isPaused: true,
    removeAfter: false,
    layout: 'media-server',
  });
  const listed = await owner.ask('get', '/api/delivery-targets');
  expect(DeliveryTargets.parse(listed.body).targets).toHaveLength(1);
  expect(JSON.stringify([made.body, paused.body, listed.body, api.logged])).not.toContain(SECRET);
  expect((await owner.ask('delete', `/api/delivery-targets/${id}`)).status).toBe(204);
  expect((await owner.ask('delete', `/api/delivery-targets/${id}`)).status).toBe(404);
});

test.each([
  ['a folder that leads out', { folder: '../etc' }],
  ['a folder with a part that leads out', { folder: 'a/../../b' }],
  ['a control character in the folder', { folder: 'a\r\nDELE b' }],
  ['no host', { host: '' }],
  ['a host with a path', { host: 'nas.lan/x' }],
  ['a line break in the user', { user: 'a\r\nb' }],
  ['a line break in the password of FTP', { kind: 'ftp', secret: 'a\r\nSITE EXEC' }],
  ['a key that is none', { pin: 'SHA256:short' }],
  ['a port that is none', { port: 70_000 }],
])('a target with %s: is refused', async (_name, changes) => {
  expect((await owner.ask('post', '/api/delivery-targets', { ...SFTP, ...changes })).status).toBe(422);
});

test('an item: is delivered on request, listed, cancelled, and tried again', async () => {
  await api.store.save(audioItem(1));
  const { id: targetId } = await make();
  const asked = await owner.ask('post', `/api/media/${mediaId(1)}/deliveries`, { targetId });
  expect(asked.status).toBe(202);
  const { id, state } = Delivery.parse(asked.body);
  expect(state).toBe('queued');
  expect((await owner.ask('delete', `/api/deliveries/${id}`)).status).toBe(204);
  const [listed] = Deliveries.parse((await owner.ask('get', '/api/deliveries')).body).deliveries;
  expect(listed).toMatchObject({ id, state: 'cancelled', title: 'Track 1', targetName: 'The NAS' });
  expect((await owner.ask('delete', `/api/deliveries/${id}`)).status).toBe(409);
  expect((await owner.ask('post', `/api/deliveries/${id}/retry`)).status).toBe(202);
  expect((await owner.ask('post', `/api/media/${mediaId(2)}/deliveries`, { targetId })).status).toBe(404);
});

test('a member: neither sees nor makes targets, and delivers nothing', async () => {
  await api.store.save(audioItem(1));
  const { id: targetId } = await make();
  const member = openBrowser(api);
  await member.signIn({ role: 'member', telegramId: 42 });
  expect((await member.ask('get', '/api/delivery-targets')).status).toBe(403);
  expect((await member.ask('get', '/api/deliveries')).status).toBe(403);
  expect((await member.ask('post', '/api/delivery-targets', SFTP)).status).toBe(403);
  expect((await member.ask('post', '/api/delivery-target-checks', SFTP)).status).toBe(403);
  expect((await member.ask('post', `/api/media/${mediaId(1)}/deliveries`, { targetId })).status).toBe(403);
});

test('a trial: is answered with what the worker has found', async () => {
  const { id } = await make();
  for (const call of ['/api/delivery-target-checks', `/api/delivery-targets/${id}/checks`])
    expect((await owner.ask('post', call, call.includes(id) ? undefined : SFTP)).body).toEqual({
      pin: null,
      problem: null,
    });
});
