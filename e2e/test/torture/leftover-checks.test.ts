import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkIdle, checkStopped } from '../../torture/checks/leftover-checks.ts';
import { createLedger, type Ledger } from '../../torture/ledger.ts';
import { findProcesses } from '../../torture/world/processes.ts';

const DISK_BYTES = 100;

let dataDirectory: string;
let ledger: Ledger;

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-left-'));
  ledger = createLedger();
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

const idle = async (fields: { usedBytes?: number; processes?: { pid: number; name: string }[] } = {}) => {
  const { usedBytes = 0, processes = [] } = fields;
  const disk = { bytes: DISK_BYTES, usedBytes: () => Promise.resolve(usedBytes) };
  const world = { mediaDirectory: dataDirectory, disk, processes: () => Promise.resolve(processes) };
  await checkIdle(world, ledger);
  return ledger.violations.map(({ promise }) => promise);
};
const stopped = async () => {
  await checkStopped({ dataDirectory, processes: () => Promise.resolve([]) }, ledger);
  return ledger.violations.map(({ promise }) => promise);
};

test('nothing is left: nothing is broken', async () => {
  expect(await idle({ processes: [{ pid: process.pid, name: 'yt-app' }] })).toEqual([]);
  await writeFile(path.join(dataDirectory, 'yt-app.lock'), '');
  expect(await stopped()).toEqual([]);
});

test('a folder of a job is left', async () => {
  await mkdir(path.join(dataDirectory, '.work/job'), { recursive: true });
  expect(await idle()).toEqual(['no folder is left']);
});

test('a program is left', async () => {
  expect(await idle({ processes: [{ pid: process.pid, name: 'ffmpeg' }] })).toEqual(['no program is left']);
});

test('descriptors are left', async () => {
  const handles: FileHandle[] = [];
  for (let count = 0; count < 220; count += 1) handles.push(await open('/dev/null'));
  try {
    expect(await idle({ processes: [{ pid: process.pid, name: 'yt-app' }] })).toEqual(['no descriptor is left']);
  } finally {
    for (const handle of handles) await handle.close();
  }
});

test('the disk is above its limit', async () => {
  expect(await idle({ usedBytes: DISK_BYTES })).toEqual(['the disk stays below its limit']);
});

test('a file that was not finished is left', async () => {
  await mkdir(path.join(dataDirectory, 'nginx'));
  await writeFile(path.join(dataDirectory, 'nginx/nginx.conf.a1b2c3.tmp'), '');
  expect(await stopped()).toEqual(['no unfinished file is left']);
});

test('a lock is held', async () => {
  const file = path.join(dataDirectory, 'yt-app.lock');
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  try {
    expect(await stopped()).toEqual(['no lock is left']);
  } finally {
    holder.kill('SIGKILL');
    for (const { pid } of await findProcesses(dataDirectory)) process.kill(pid, 'SIGKILL');
  }
});

test('a process of the installation: is found by its environment, and by its arguments', async () => {
  const child = spawn('sleep', ['60'], { env: { DATA_DIR: dataDirectory } });
  try {
    await until(async () => (await findProcesses(dataDirectory)).some(({ pid }) => pid === child.pid), 5);
  } finally {
    child.kill('SIGKILL');
  }
});
