import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minimalEnvironment, startProgram } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { startCopy } from '../../../src/pipeline/programs/copied-output.ts';
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
  kept = await openKeptSource(file(), 'byte');
  return kept;
}

test('nothing was kept: begins at the first byte, and keeps what comes', async () => {
  kept = await openKeptSource(file(), 'byte');
  expect([kept.rest, kept.bytes]).toEqual([null, 0]);
  expect(source.equals(await buffer(kept.read(output(source), () => undefined)))).toBe(true);
  expect(source.equals(await readFile(file()))).toBe(true);
});

test('a half was kept: it is read, and the rest is added', async () => {
  const { bytes: from } = await openWith(source.subarray(0, half));
  expect(from).toBeGreaterThan(half / 2);
  const rest = output(source.subarray(from));
  expect(await kept.confirm(rest, signal)).toBe(true);
  expect(source.equals(await buffer(kept.read(rest, () => undefined)))).toBe(true);
  expect(source.equals(await readFile(file()))).toBe(true);
});

test('the source has other bytes at the end of the half: is not confirmed', async () => {
  const { bytes: from } = await openWith(source.subarray(0, half));
  const other = Buffer.from(source.subarray(from));
  other.writeUInt8(other.readUInt8(1000) ^ 1, 1000);
  expect(await kept.confirm(output(other), signal)).toBe(false);
});

test('the source ends before the end of the half: is neither confirmed nor refuted', async () => {
  const { bytes: from } = await openWith(source.subarray(0, half));
  expect(await kept.confirm(output(source.subarray(from, from + 1000)), signal)).toBeUndefined();
});

test('dropped: all bytes are still read, and nothing is kept', async () => {
  const { bytes: from } = await openWith(source.subarray(0, half));
  const rest = output(source.subarray(from));
  await kept.confirm(rest, signal);
  const reading = kept.read(rest, () => void kept.drop());
  expect(source.equals(await buffer(reading))).toBe(true);
  expect(existsSync(file())).toBe(false);
  expect(kept.need()).toBe(false);
});

test('dropped before it is read: is read, and then nothing is kept', async () => {
  const { bytes: from } = await openWith(source.subarray(0, half));
  await kept.drop();
  const rest = output(source.subarray(from));
  expect(await kept.confirm(rest, signal)).toBe(true);
  expect(source.equals(await buffer(kept.read(rest, () => undefined)))).toBe(true);
  expect(existsSync(file())).toBe(false);
});

test.each(['before', 'after'])(
  'of a source that has changed, dropped %s that is found: nothing is kept',
  async (when) => {
    const { bytes: from } = await openWith(source.subarray(0, half));
    if (when === 'before') await kept.drop();
    expect(await kept.confirm(output(Buffer.alloc(half - from)), signal)).toBe(false);
    await kept.discard();
    if (when === 'after') await kept.drop();
    expect(existsSync(file())).toBe(false);
  },
);

test('a link in the place of the file: is not followed', async () => {
  await openWith(source.subarray(0, half));
  const link = path.join(directory, 'v720');
  await symlink(file(), link);
  await expect(openKeptSource(link, 'byte')).rejects.toThrow('ELOOP');
});

test('needed: is not dropped', async () => {
  await openWith(source.subarray(0, half));
  expect(kept.need()).toBe(true);
  await kept.drop();
  expect((await readFile(file())).length).toBe(half);
});

/** Fragments of random size, the first of which is an initialisation section. */
const sizes = [700, ...Array.from({ length: 12 }, () => randomInt(5_000, 200_000))];
const fragments = sizes.map((size) => randomBytes(size));
const list = Buffer.concat(fragments);
const behind = (count: number): Buffer => Buffer.concat(fragments.slice(count));
async function openList(bytes: Buffer, count: number): Promise<KeptSource> {
  await writeFile(file(), bytes);
  await writeFile(`${file()}.fragments`, String(count));
  kept = await openKeptSource(file(), 'fragment');
  return kept;
}

describe('a list of fragments', () => {
  test.each([
    ['in the middle of a fragment', list.length - behind(7).length + 100],
    ['at the end of a fragment', list.length - behind(7).length],
    ['before a fragment that was counted', list.length - behind(6).length],
  ])('that was interrupted %s: goes on two fragments before', async (_name, bytes) => {
    const { rest } = await openList(list.subarray(0, bytes), 7);
    expect(rest).toEqual({ kind: 'fragment', skip: 5 });
    const stream = output(behind(5));
    expect(await kept.confirm(stream, signal)).toBe(true);
    expect(list.equals(await buffer(kept.read(stream, () => undefined)))).toBe(true);
    expect(list.equals(await readFile(file()))).toBe(true);
  });

  test('that has other fragments now, or is found at two places: is not confirmed', async () => {
    await openList(list, 13);
    expect(await kept.confirm(output(randomBytes(300_000)), signal)).toBe(false);
    const twice = Buffer.concat([behind(11), behind(11)]);
    await kept.close();
    await openList(twice, 13);
    expect(await kept.confirm(output(Buffer.concat([twice, twice, twice, twice])), signal)).not.toBe(true);
  });

  test.each(['', '2', '-5', 'many'])('of which "%s" have come: begins anew', async (count) => {
    await writeFile(`${file()}.fragments`, count);
    await writeFile(file(), list);
    kept = await openKeptSource(file(), 'fragment');
    expect(kept.rest).toBeNull();
    expect((await readFile(file())).length).toBe(0);
    expect(existsSync(`${file()}.fragments`)).toBe(false);
  });

  test('that goes on: counts from the fragment on from which it goes on', async () => {
    await openList(list.subarray(0, 500_000), 7);
    kept.noteFragments(4);
    await expect.poll(() => readFile(`${file()}.fragments`, 'utf8')).toBe('9');
  });
});

describe('a program writes the file', () => {
  /** Prints 3 MB when a line comes, and 1 MB with the next one. Node would read what comes before the output is given away. */
  const startSource = () =>
    startProgram({
      file: 'sh',
      args: ['-c', 'read -r _; head -c 3000000 /dev/zero; read -r _; head -c 1000000 /dev/zero'],
      env: minimalEnvironment('/'),
      stdin: 'pipe',
      stdout: 'pipe',
    });
  const fillFrom = async (program: ReturnType<typeof startSource>) => {
    kept = await openKeptSource(file(), 'byte');
    const { stdout } = program;
    if (!stdout) throw new Error('no pipe');
    return kept.fill((target) => startCopy(stdout, { file: target, owner: directory, signal }));
  };

  test('all bytes are passed on, and are in the file', async () => {
    const program = startSource();
    const copied = await fillFrom(program);
    program.stdin?.end('\n\n');
    expect((await buffer(copied.output)).equals(Buffer.alloc(4_000_000))).toBe(true);
    await copied.throwUnlessPassedOn();
    expect((await readFile(file())).equals(Buffer.alloc(4_000_000))).toBe(true);
  });

  test('the file is dropped: what comes later is passed on, and takes no space', async () => {
    const program = startSource();
    const copied = await fillFrom(program);
    const passedOn = buffer(copied.output);
    program.stdin?.write('\n');
    await until(async () => (await readFile(file())).length === 3_000_000, 10);
    const handle = await open(file());
    try {
      await kept.drop();
      expect(existsSync(file())).toBe(false);
      program.stdin?.end('\n');
      expect((await passedOn).length).toBe(4_000_000);
      await until(async () => (await handle.stat()).blocks === 0, 10);
    } finally {
      await handle.close();
    }
  });

  test('the file cannot be written: all bytes are passed on', async () => {
    const program = startSource();
    kept = await openKeptSource(file(), 'byte');
    const { stdout } = program;
    if (!stdout) throw new Error('no pipe');
    const copied = kept.fill(() => startCopy(stdout, { file: '/dev/full', owner: directory, signal }));
    program.stdin?.end('\n\n');
    expect((await buffer(copied.output)).length).toBe(4_000_000);
    await copied.throwUnlessPassedOn();
  });
});
