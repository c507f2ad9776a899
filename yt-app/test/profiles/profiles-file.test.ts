import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProblem } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProfilesFile, type ProfilesFile } from '../../src/profiles/profiles-file.ts';
import { until } from '@linkcast/testing';

let folder: string;
let file: string;
let replaced: number;
const open: ProfilesFile[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-profiles-'));
  file = path.join(folder, 'profiles.yaml');
  replaced = 0;
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
  await rm(folder, { recursive: true });
});

async function openFile(everyMs = 3_600_000): Promise<ProfilesFile> {
  const opened = await openProfilesFile({
    ...{ file, everyMs, logger: createLogger({ service: 'test', level: 'silent' }) },
    onReplaced: () => Promise.resolve(void (replaced += 1)),
  });
  open.push(opened);
  return opened;
}

const textOf = (host: string, proxy = ''): string =>
  `profiles:\n  - hosts: [${host}]\n    ways: [{ name: way${proxy === '' ? '' : `, proxy: '${proxy}'`} }]\n`;
const hostsOf = (profiles: ProfilesFile): string[] => profiles.profiles().flatMap(({ hosts }) => hosts);

test('no file: there are no profiles, and no fault', async () => {
  expect(await (await openFile()).read()).toEqual({ text: '', hosts: [], faults: [] });
});

test('a file that changes while it is open: is read again', async () => {
  await writeFile(file, textOf('one.example'));
  const profiles = await openFile(10);
  expect(hostsOf(profiles)).toEqual(['one.example']);
  await writeFile(file, textOf('two.example'));
  await until(() => hostsOf(profiles)[0] === 'two.example', 5);
});

test('a file that becomes faulty: what was in force stays, and the faults are named until it is repaired', async () => {
  await writeFile(file, textOf('one.example'));
  const profiles = await openFile();
  await writeFile(file, 'profiles:\n  - hosts: [Two]\n    ways: []\n');
  const answer = await profiles.read();
  expect(answer.faults.map(({ line }) => line)).toEqual([2, 3]);
  expect(answer.hosts).toEqual([{ hosts: ['one.example'], ways: ['way'] }]);
  expect(hostsOf(profiles)).toEqual(['one.example']);
  await writeFile(file, textOf('two.example'));
  expect((await profiles.read()).faults).toEqual([]);
  expect(hostsOf(profiles)).toEqual(['two.example']);
});

test('a file that is faulty at a restart: what was in force before is in force, until the file is repaired or deleted', async () => {
  await writeFile(file, textOf('one.example', 'http://me:s3cret@proxy.example:8080'));
  await (await openFile()).stop();
  await writeFile(file, 'profiles:\n  - hosts: [Two]\n    ways: []\n');
  const again = await openFile();
  expect(hostsOf(again)).toEqual(['one.example']);
  expect((await again.read()).faults).toHaveLength(2);
  expect((await stat(`${file}.in-force`)).mode & 0o777).toBe(0o600);
  await again.stop();
  await rm(file);
  expect(hostsOf(await openFile())).toEqual([]);
  await writeFile(file, 'faulty: [');
  expect(hostsOf(await openFile())).toEqual([]);
});

test('a file of a gigabyte, or a folder in its place: is a fault, and what was in force stays', async () => {
  await writeFile(file, textOf('one.example'));
  const profiles = await openFile();
  await truncate(file, 1e9);
  expect((await profiles.read()).faults).toMatchObject([
    { line: 1, fault: expect.stringContaining('at most') as string },
  ]);
  expect(hostsOf(profiles)).toEqual(['one.example']);
});

test('a text that replaces the file: is in force at once, and closed to others; masked passwords stay', async () => {
  await writeFile(file, textOf('one.example', 'socks5://someone:s3cret@127.0.0.1:1080'));
  const profiles = await openFile();
  const { text } = await profiles.read();
  expect(text).toContain('someone:•••@');
  const answer = await profiles.replace(text.replace('one.example', 'two.example'));
  expect(JSON.stringify(answer)).not.toContain('s3cret');
  expect(await readFile(file, 'utf8')).toBe(textOf('two.example', 'socks5://someone:s3cret@127.0.0.1:1080'));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(hostsOf(profiles)).toEqual(['two.example']);
  expect(replaced).toBe(1);
});

test('a faulty text: is refused with all faults, and changes nothing', async () => {
  await writeFile(file, textOf('one.example'));
  const profiles = await openFile();
  const failure: unknown = await profiles
    .replace('profiles:\n  - hosts: [Two]\n    ways: []\n')
    .catch((error: unknown) => error);
  expect(isProblem(failure) && failure.facts.faults?.map(({ field }) => field)).toEqual([
    'line 2, profiles.0.hosts.0',
    'line 3, profiles.0.ways',
  ]);
  expect(await readFile(file, 'utf8')).toBe(textOf('one.example'));
  expect(replaced).toBe(0);
});
