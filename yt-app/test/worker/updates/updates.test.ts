import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@linkcast/kit';
import { findFreePort, until } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEgressFetch } from '../../../src/egress/egress-fetch.ts';
import { readNotes } from '../../../src/pipeline/releases/release-notes.ts';
import { findNewestRelease } from '../../../src/worker/updates/release-source.ts';
import { takeReleaseFolder } from '../../../src/worker/updates/release-folder.ts';
import { firstCheckAfter, startUpdates, type Updates } from '../../../src/worker/updates/updates.ts';
import { startReleaseServer, type ReleaseServer } from '../../fixtures/release-server.ts';

const VERSION = '2099.01.01';
const NEVER = new AbortController().signal;
const REPOSITORY = '/yt-dlp/yt-dlp/releases';
const silent = createLogger({ service: 'test', level: 'silent' });

let server: ReleaseServer;
let folder: string;

beforeAll(async () => {
  server = await startReleaseServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-updates-'));
});
afterEach(async () => {
  server.origin.behaveWell();
  await rm(folder, { recursive: true });
});

describe('the newest release', () => {
  const find = (channel: 'stable' | 'nightly' = 'stable') =>
    findNewestRelease({ root: server.url, channel, fetchBytes: createEgressFetch(server.proxyUrl) }, NEVER);

  test('is where the link to it leads', async () => {
    await server.publish(VERSION, { program: Buffer.from('a program') });
    const release = await find();
    expect(release.version).toBe(VERSION);
    expect((await release.fetchProgram()).toString()).toBe('a program');
    expect((await release.fetchSums()).sums.toString()).toContain('  yt-dlp\n');
  });

  test('of the nightly channel: comes from its own repository', async () => {
    const nightly = '/yt-dlp/yt-dlp-nightly-builds/releases';
    server.origin.text(`${nightly}/tag/2099.01.02.232323`, 'text/html', 'a release');
    server.origin.behave(`${nightly}/latest`, { kind: 'redirect', to: `${nightly}/tag/2099.01.02.232323` });
    expect((await find('nightly')).version).toBe('2099.01.02.232323');
  });

  test.each(['nightly', '2099.1.1', '2099.01.01-beta', '%2e%2e%2f2099.01.01', '2099.01.01%0a'])(
    'with the name %s: is none',
    async (name) => {
      server.origin.behave(`${REPOSITORY}/latest`, { kind: 'redirect', to: `${REPOSITORY}/tag/${name}` });
      await expect(find()).rejects.toMatchObject({ code: 'source-unreachable' });
    },
  );

  test('whose program is too large: is refused after its limit', async () => {
    await server.publish(VERSION, { program: Buffer.from('a program') });
    server.origin.behave(server.pathOf(VERSION, 'yt-dlp'), { kind: 'endless' });
    const release = await find();
    await expect(release.fetchProgram()).rejects.toMatchObject({ fault: 'size' });
  });

  test('on a server that fails: is unreachable', async () => {
    await server.publish(VERSION, { program: Buffer.from('a program') });
    const release = await find();
    server.origin.behave(server.pathOf(VERSION, '*'), { kind: 'status', status: 500 });
    await expect(release.fetchSums()).rejects.toMatchObject({ code: 'source-unreachable' });
    await expect(release.fetchProgram()).rejects.toMatchObject({ code: 'source-unreachable' });
  });
});

describe('the checks for releases', () => {
  let updates: Updates | undefined;
  let logged: string[];
  let installed: string[];
  let checks = 0;
  beforeEach(() => {
    [logged, installed, checks] = [[], [], 0];
  });
  afterEach(() => updates?.stop());

  const start = async (options: { root?: string; everyMs?: number }): Promise<Updates> => {
    updates = await startUpdates({
      client: {
        issueUpdateTicket() {
          checks += 1;
          return Promise.resolve({ proxyUrl: server.proxyUrl });
        },
      },
      pipeline: {
        downloader: {
          ...{ current: () => '2026.11.01', isUsable: () => true, refresh: () => Promise.resolve() },
          ...{ rolledBack: () => null, isWanted: (version) => Promise.resolve(!installed.includes(version)) },
        },
        installRelease: ({ version }) => {
          installed.push(version);
          return Promise.resolve();
        },
      },
      ...{ folder, channel: 'stable', root: server.url, everyMs: 50, ...options },
      logger: createLogger({ service: 'test', destination: { write: (line) => logged.push(line) } }),
    });
    return updates;
  };

  test('install what is wanted, once, and note the time', async () => {
    await server.publish(VERSION, { program: Buffer.from('a program') });
    const started = await start({});
    await until(async () => ((await readNotes(folder)).checkedAt ?? 0) > 0 && installed.length > 0);
    const { length } = server.origin.requests;
    await until(() => server.origin.requests.length >= length + 4);
    expect(installed).toEqual([VERSION]);
    expect(started.current()).toEqual({ channel: 'stable', isUnreachable: false, refused: null, rolledBack: null });
  });

  test('without an answer: say so once, and go on', async () => {
    const started = await start({ root: `http://127.0.0.1:${await findFreePort()}` });
    await until(() => started.current().isUnreachable);
    await until(() => checks >= 4);
    expect(logged.filter((line) => line.includes('not reached'))).toHaveLength(1);
    expect(installed).toEqual([]);
  });
});

describe('the first check', () => {
  const DAY = 86_400_000;
  test.each([
    ['a first start', null, 0, 300_000],
    ['a restart after six hours', 0.25 * DAY, 0.75 * DAY, 0.75 * DAY],
    ['a start after a week', 7 * DAY, 0, 300_000],
    ['a clock that was set back a week', -7 * DAY, DAY, DAY],
  ])('after %s: is due in time', (_name, agoMs, least, most) => {
    const afterMs = firstCheckAfter(agoMs === null ? null : 1e12 - agoMs, DAY, 1e12);
    expect(afterMs).toBeGreaterThanOrEqual(least);
    expect(afterMs).toBeLessThanOrEqual(most);
  });
});

describe('the folder of a worker', () => {
  test('is another one for each worker, and the first again after a restart', () => {
    const first = takeReleaseFolder(folder, silent);
    const second = takeReleaseFolder(folder, silent);
    expect([first?.folder, second?.folder]).toEqual([1, 2].map((number) => path.join(folder, `downloader-${number}`)));
    first?.lock.release();
    const third = takeReleaseFolder(folder, silent);
    expect(third?.folder).toBe(first?.folder);
    for (const each of [second, third]) each?.lock.release();
  });

  test('that cannot be made: is none', async () => {
    await writeFile(path.join(folder, 'file'), '');
    expect(takeReleaseFolder(path.join(folder, 'file'), silent)).toBeUndefined();
  });
});
