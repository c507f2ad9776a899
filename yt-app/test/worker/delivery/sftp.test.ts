import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTcpLine, startSftpServer, until, type SftpServer, type TcpLine } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, createDeliveryRig, MEDIA_ID, stopSignal, type DeliveryRig } from './delivery-rig.ts';

const STEM = `A film (2026) [${MEDIA_ID}]`;
const FOLDER = `films/Somebody/${STEM}`;
const run = promisify(execFile);

let server: SftpServer;
/** A line to the server, which tests cut. */
let line: TcpLine;
let rig: DeliveryRig;
const target = () => ({ port: server.port, user: server.user, secret: server.key, pin: server.pin(), folder: 'films' });

beforeAll(async () => {
  server = await startSftpServer();
  line = await createTcpLine(server.port);
  rig = await createDeliveryRig([`127.0.0.1:${server.port}`, `127.0.0.1:${line.port}`]);
}, 60_000);
afterAll(async () => {
  await rig.close();
  await line.close();
  await server.close();
});

test('a server with a confirmed key: gets film, NFO and poster, is read back, and nothing is left in the work folder', async () => {
  const report = await rig.run(target());
  expect(report).toMatchObject({ type: 'delivered', file: { path: `${FOLDER}/${STEM}.mp4`, proof: 'checksum' } });
  expect(await rig.filesIn(server.folder)).toEqual(
    [`${STEM}-poster.jpg`, `${STEM}.mp4`, `${STEM}.nfo`].map((name) => `${FOLDER}/${name}`),
  );
  const film = path.join(server.folder, FOLDER, `${STEM}.mp4`);
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_type:format_tags=title',
    film,
  ]);
  expect(stdout).toMatch(/video[^]*audio[^]*title=A film/);
  expect(await readFile(path.join(server.folder, FOLDER, `${STEM}.nfo`), 'utf8')).toContain('<title>A film</title>');
  expect(await rig.filesIn(path.join(rig.mediaDir, '.work'))).toEqual([]);
});

test('an item that is delivered again: replaces its own files', async () => {
  const before = await rig.filesIn(server.folder);
  await writeFile(path.join(server.folder, FOLDER, `${STEM}.mp4`), 'another film');
  expect((await rig.run(target())).type).toBe('delivered');
  expect(await rig.filesIn(server.folder)).toEqual(before);
  expect((await readFile(path.join(server.folder, FOLDER, `${STEM}.mp4`))).length).toBeGreaterThan(10_000);
});

test('a trial without a confirmed key: gives the key of the server, and names no user', async () => {
  const logins = () => server.log().match(/Connection closed by authenticating user/g)?.length ?? 0;
  const before = logins();
  const report = await rig.run({ ...target(), pin: null }, { item: null });
  expect(report).toMatchObject({ type: 'tried', pin: server.pin(), problem: { code: 'delivery-unconfirmed' } });
  expect(logins()).toBe(before);
});

test('a trial with the confirmed key: writes, and leaves nothing', async () => {
  const before = await rig.filesIn(server.folder);
  expect(await rig.run(target(), { item: null })).toEqual({ type: 'tried', pin: server.pin(), problem: null });
  expect(await rig.filesIn(server.folder)).toEqual(before);
});

test('a key that the server does not know, a wrong password, a text that is no key: are refused logins', async () => {
  for (const secret of [server.strangeKey, 'wrong', '-----BEGIN nonsense'])
    expect(codeOf(await rig.run({ ...target(), secret }))).toBe('delivery-login');
});

test('a connection that is cut while the file is sent: fails, and the next attempt delivers it whole', async () => {
  const through = { ...target(), port: line.port, folder: 'cut', layout: 'plain' } as const;
  const item = await rig.largeItem();
  const sending = rig.run(through, { item });
  await until(async () => (await rig.filesIn(server.folder)).some((name) => /^cut\/.*\.part$/.test(name)));
  line.cut();
  expect(codeOf(await sending)).toBe('delivery-unreachable');
  line.restore();
  expect(await rig.run(through, { item })).toMatchObject({
    type: 'delivered',
    file: { bytes: 40e6, proof: 'checksum' },
  });
  expect((await rig.filesIn(server.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a server that stops answering: counts as unreachable after a while', async () => {
  line.block();
  const report = await rig.run({ ...target(), port: line.port }, { idleMs: 500 });
  line.restore();
  expect(codeOf(report)).toBe('delivery-unreachable');
});

test('a delivery that is cancelled: ends at once, and reports that it was stopped', async () => {
  line.block();
  const stop = stopSignal();
  const sending = rig.run({ ...target(), port: line.port }, { signal: stop.signal, idleMs: 60_000 });
  await until(() => rig.log().includes('delivery started'));
  stop.halt();
  expect(await sending).toEqual({ type: 'stopped' });
  line.restore();
});

test('a folder that cannot be written: is a refusal', async () => {
  await writeFile(path.join(server.folder, 'a-file'), '');
  expect(codeOf(await rig.run({ ...target(), folder: 'a-file' }))).toBe('delivery-refused');
});

test('a ticket for another server: reaches this one not, whatever the claim says', async () => {
  const ticketFor = { host: '127.0.0.1', port: line.port };
  expect(codeOf(await rig.run(target(), { ticketFor }))).toBe('source-forbidden');
});

test('a server with another key than the confirmed one: gets neither the user nor a file', async () => {
  const [confirmed, before, authenticated] = [target(), await rig.filesIn(server.folder), accepted()];
  await server.changeHostKey();
  expect(codeOf(await rig.run({ ...confirmed, folder: 'changed' }))).toBe('delivery-host-key');
  expect(await rig.run({ ...confirmed, folder: 'changed' }, { item: null })).toMatchObject({ pin: server.pin() });
  expect([await rig.filesIn(server.folder), accepted()]).toEqual([before, authenticated]);
});

test('the log: has neither the secret nor the title', () => {
  expect(rig.log()).toContain('item delivered');
  for (const secret of ['PRIVATE KEY', server.key.split('\n')[2] ?? '', 'A film'])
    expect(rig.log()).not.toContain(secret);
});

function accepted(): number {
  return server.log().match(/Accepted publickey/g)?.length ?? 0;
}
