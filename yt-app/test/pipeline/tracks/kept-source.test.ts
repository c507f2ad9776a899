import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeptSource, type KeptSource } from '../../../src/pipeline/tracks/kept-source.ts';

const signal = new AbortController().signal;
const source = randomBytes(3_000_000);
const half = 1_500_000;

let directory: string;
let kept: KeptSource;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-kept-'));
});
afterEach(async () => {
  await kept.close();
  await rm(directory, { recursive: true });
});

const file = (): string => path.join(directory, 'v360');
const output = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false });
async function openWith(bytes: Buffer): Promise<KeptSource> {
  await writeFile(file(), bytes);
  kept = await openKeptSource(file());
  return kept;
}

test('nothing was kept: begins at the first byte, and keeps what comes', async () => {
  kept = await openKeptSource(file());
  expect(kept.from).toBe(0);
  expect(source.equals(await buffer(kept.read(output(source), () => undefined)))).toBe(true);
  expect(source.equals(await readFile(file()))).toBe(true);
});

test('a half was kept: it is read, and the rest is added', async () => {
  const { from } = await openWith(source.subarray(0, half));
  expect(from).toBeGreaterThan(half / 2);
  const rest = output(source.subarray(from));
  expect(await kept.confirm(rest, signal)).toBe(true);
  expect(source.equals(await buffer(kept.read(rest, () => undefined)))).toBe(true);
  expect(source.equals(await readFile(file()))).toBe(true);
});

test('the source has other bytes at the end of the half: is not confirmed', async () => {
  const { from } = await openWith(source.subarray(0, half));
  const other = Buffer.from(source.subarray(from));
  other.writeUInt8(other.readUInt8(1000) ^ 1, 1000);
  expect(await kept.confirm(output(other), signal)).toBe(false);
});

test('the source ends before the end of the half: is neither confirmed nor refuted', async () => {
  const { from } = await openWith(source.subarray(0, half));
  expect(await kept.confirm(output(source.subarray(from, from + 1000)), signal)).toBeUndefined();
});

test('dropped: all bytes are still read, and nothing is kept', async () => {
  const { from } = await openWith(source.subarray(0, half));
  const rest = output(source.subarray(from));
  await kept.confirm(rest, signal);
  const reading = kept.read(rest, () => void kept.drop());
  expect(source.equals(await buffer(reading))).toBe(true);
  expect(existsSync(file())).toBe(false);
  expect(kept.need()).toBe(false);
});

test('dropped before it is read: is read, and then nothing is kept', async () => {
  const { from } = await openWith(source.subarray(0, half));
  await kept.drop();
  const rest = output(source.subarray(from));
  expect(await kept.confirm(rest, signal)).toBe(true);
  expect(source.equals(await buffer(kept.read(rest, () => undefined)))).toBe(true);
  expect(existsSync(file())).toBe(false);
});

test.each(['before', 'after'])(
  'of a source that has changed, dropped %s that is found: nothing is kept',
  async (when) => {
    const { from } = await openWith(source.subarray(0, half));
    if (when === 'before') await kept.drop();
    expect(await kept.confirm(output(Buffer.alloc(half - from)), signal)).toBe(false);
    if (when === 'after') await kept.drop();
    expect(existsSync(file())).toBe(false);
  },
);

test('a link in the place of the file: is not followed', async () => {
  await openWith(source.subarray(0, half));
  const link = path.join(directory, 'v720');
  await symlink(file(), link);
  await expect(openKeptSource(link)).rejects.toThrow('ELOOP');
});

test('needed: is not dropped', async () => {
  await openWith(source.subarray(0, half));
  expect(kept.need()).toBe(true);
  await kept.drop();
  expect((await readFile(file())).length).toBe(half);
});
