import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { portOf, startFtpServer, type FtpServer } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, createDeliveryRig, MEDIA_ID, type DeliveryRig } from './delivery-rig.ts';

const STEM = `A film (2026) [${MEDIA_ID}]`;

let secure: FtpServer;
/** A server without TLS that names another address for its data connections. */
let plain: FtpServer;
/** Accepts connections, and says nothing. */
let silent: Server;
let rig: DeliveryRig;

const targetOf = ({ port, user, password: secret }: FtpServer) => ({ port, user, secret, folder: 'films' });
const ftps = () => ({ ...targetOf(secure), kind: 'ftps', pin: secure.pin }) as const;

beforeAll(async () => {
  secure = await startFtpServer({ isSecure: true });
  plain = await startFtpServer({ isSecure: false, namedAddress: '198.51.100.7' });
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  rig = await createDeliveryRig([...secure.hostPorts, ...plain.hostPorts, `127.0.0.1:${portOf(silent)}`]);
}, 60_000);
afterAll(async () => {
  await rig.close();
  silent.close();
  await Promise.all([secure.close(), plain.close()]);
});

test('an FTPS server with a confirmed certificate: gets film, NFO and poster, and is read back', async () => {
  const place = `films/Somebody/${STEM}`;
  const report = await rig.run(ftps());
  expect(report).toMatchObject({ type: 'delivered', file: { path: `${place}/${STEM}.mp4`, proof: 'checksum' } });
  const names = [`${STEM}-poster.jpg`, `${STEM}.mp4`, `${STEM}.nfo`];
  expect(await rig.filesIn(secure.folder)).toEqual(names.map((name) => `${place}/${name}`));
});

test('the same item, delivered again: replaces its files', async () => {
  const before = await rig.filesIn(secure.folder);
  expect((await rig.run(ftps())).type).toBe('delivered');
  expect(await rig.filesIn(secure.folder)).toEqual(before);
});

test('a certificate that nobody has confirmed, and no authority has signed: the trial gives it, and nothing is sent', async () => {
  const report = await rig.run({ ...ftps(), pin: null }, { item: null });
  expect(report).toMatchObject({ pin: secure.pin, problem: { code: 'delivery-unconfirmed' } });
  expect(codeOf(await rig.run({ ...ftps(), pin: null, folder: 'no' }))).toBe('delivery-unconfirmed');
  expect((await rig.filesIn(secure.folder)).some((name) => name.startsWith('no/'))).toBe(false);
});

test('another certificate than the confirmed one: nothing is sent', async () => {
  expect(codeOf(await rig.run({ ...ftps(), pin: plain.pin, folder: 'no' }))).toBe('delivery-host-key');
  expect((await rig.filesIn(secure.folder)).some((name) => name.startsWith('no/'))).toBe(false);
});

test('a wrong password: is a refused login', async () => {
  expect(codeOf(await rig.run({ ...ftps(), secret: 'wrong' }))).toBe('delivery-login');
});

test('a server without TLS that FTPS was chosen for: gets no password', async () => {
  const report = await rig.run({ ...targetOf(plain), kind: 'ftps', pin: secure.pin });
  expect(codeOf(report)).toBe('delivery-refused');
});

test('plain FTP whose server names another address: the data go to the same host', async () => {
  const report = await rig.run({ ...targetOf(plain), kind: 'ftp', layout: 'plain' });
  expect(report).toMatchObject({ type: 'delivered', file: { path: `films/A film [${MEDIA_ID}].mp4` } });
  const file = path.join(plain.folder, `films/A film [${MEDIA_ID}].mp4`);
  expect((await readFile(file)).subarray(4, 8).toString()).toBe('ftyp');
});

test('a server that says nothing: counts as unreachable', async () => {
  expect(codeOf(await rig.run({ ...ftps(), port: portOf(silent) }, { idleMs: 300 }))).toBe('delivery-unreachable');
});

test('the log: has no password', () => {
  expect(rig.log()).toContain('item delivered');
  expect(rig.log()).not.toContain(secure.password);
});
