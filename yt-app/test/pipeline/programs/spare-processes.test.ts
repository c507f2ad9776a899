import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { detectSandbox } from '@linkcast/kit';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  programsOf,
  toolPath,
  until,
  type OriginServer,
} from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSpareProcesses, type SpareProcesses } from '../../../src/pipeline/programs/spare-processes.ts';
import { createYtDlp, type YtDlp } from '../../../src/pipeline/programs/ytdlp.ts';
import type { YtDlpOptions } from '../../../src/pipeline/programs/ytdlp-run.ts';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';

let origin: OriginServer;
let rig: PipelineRig;
let directory: string;
let spares: SpareProcesses;
let options: YtDlpOptions;
let ytDlp: YtDlp;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
});

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-spares-'));
  const common = { owner: directory, sandbox: await detectSandbox() };
  spares = createSpareProcesses({ ...common, count: 1, afterMs: 0 });
  const tools = { file: toolPath('yt-dlp'), denoFile: toolPath('deno'), denoDir: directory };
  options = { ...common, ...tools, stallSeconds: 10, spares };
  ytDlp = createYtDlp(options);
});
afterEach(async () => {
  await spares.stop();
  origin.behaveWell();
  await rm(directory, { recursive: true });
});

const run = (signal = AbortSignal.timeout(60_000)) => ({ directory, proxyUrl: rig.proxyUrl, signal });
const mp4 = () => origin.url + fixturePaths.mp4;
const interpreters = async () => (await programsOf(directory)).filter((line) => line.startsWith('python3')); // without the sandbox around them
/** Command lines of the processes that wait for a run, or have one. */
const running = async () => (await interpreters()).filter((line) => line.includes('yt_dlp.main'));
/** Those of the processes that were started for one run. */
const started = async () => (await interpreters()).filter((line) => line.includes('-m\0yt_dlp'));

async function waitForSpare(): Promise<void> {
  await until(async () => (await running()).length === 1 && spares.count() === 1, 10);
}

/** Reads a link whose server does not answer, until it is stopped. */
async function readSlowly() {
  const url = origin.behave('/slow.mp4', { kind: 'slow-header', seconds: 60 });
  const stopping = new AbortController();
  const reading = ytDlp.resolve(url, run(stopping.signal));
  reading.catch(() => undefined);
  await until(() => origin.requests.some(({ path: asked }) => asked === '/slow.mp4'), 20);
  return { reading, stop: () => stopping.abort(new Error('stopped')) };
}

describe('a link that is read by a process that waited', () => {
  test('gets the answer of a new process', async () => {
    const expected = await createYtDlp({ ...options, spares: undefined }).resolve(mp4(), run());
    ytDlp.keepSpares();
    await waitForSpare();
    const found = await ytDlp.resolve(mp4(), run());
    expect({ ...found.info, epoch: 0 }).toEqual({ ...expected.info, epoch: 0 });
  });

  test('starts no other, and another one waits afterwards, in a folder of its own', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const { stop } = await readSlowly();
    expect(await started()).toEqual([]);
    await until(async () => (await running()).length === 2 && spares.count() === 1, 10);
    stop();
  });

  test('comes by the egress proxy alone', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const refused = { ...run(), proxyUrl: rig.proxyUrl.replace(/:\/\/[^@]+@/, '://nobody:nothing@') };
    await expect(ytDlp.resolve(mp4(), refused)).rejects.toMatchObject({ name: 'Problem' });
  });

  test('says why it fails, as any other', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const busy = origin.behave('/busy.mp4', { kind: 'status', status: 429 });
    await expect(ytDlp.resolve(busy, run())).rejects.toMatchObject({ code: 'source-rate-limited' });
  });

  test('can be stopped', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const { stop, reading } = await readSlowly();
    stop();
    await expect(reading).rejects.toThrow('stopped');
    await spares.stop();
    expect(await programsOf(directory)).toEqual([]);
  });

  test('has its password neither in an argument nor in the environment of a process', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const { stop } = await readSlowly();
    const { password } = new URL(rig.proxyUrl);
    expect(password.length).toBeGreaterThan(8);
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const texts = await Promise.all(
      pids.flatMap((pid) =>
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      ),
    );
    expect(texts.filter((text) => text.includes(directory) && text.includes(password))).toEqual([]);
    stop();
  });
});

describe('a new process reads the link', () => {
  test('when the one that waited was killed', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    for (const pid of pids)
      if ((await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).includes(directory))
        process.kill(Number(pid), 'SIGKILL');
    await until(() => spares.count() === 0, 10);
    expect((await ytDlp.resolve(mp4(), run())).info.extractor_key).toBe('Generic');
  });

  test('when it needs a file of the run, its cookies', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const cookiesFile = path.join(directory, 'cookies.txt');
    await ytDlp.resolve(mp4(), { ...run(), way: { cookiesFile } });
    expect(await readFile(cookiesFile, 'utf8')).toContain('HTTP Cookie File');
    expect(spares.count()).toBe(1);
  });

  test('when it is another yt-dlp than the one that waits', async () => {
    ytDlp.keepSpares();
    await waitForSpare();
    const release = path.join(directory, 'release');
    const other = createYtDlp({ ...options, release });
    await other.resolve(mp4(), run()); // finds the installed modules behind those of the release, of which there are none
    expect(spares.count()).toBe(1);
    other.keepSpares();
    await waitForSpare();
    await expect(other.resolve(mp4(), run())).resolves.toBeDefined();
  });

  test('when none is to wait', async () => {
    await spares.stop();
    spares = createSpareProcesses({ owner: directory, sandbox: options.sandbox, count: 0, afterMs: 0 });
    const alone = createYtDlp({ ...options, spares });
    alone.keepSpares();
    await alone.resolve(mp4(), run());
    expect(await running()).toEqual([]);
  });
});

test('those that wait end with a stop, and leave no folder', async () => {
  const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('linkcast-spare-'));
  const before = await folders();
  ytDlp.keepSpares();
  await waitForSpare();
  expect((await folders()).length).toBe(before.length + 1);
  await spares.stop();
  expect(await programsOf(directory)).toEqual([]);
  await until(async () => (await folders()).length === before.length, 5);
});
