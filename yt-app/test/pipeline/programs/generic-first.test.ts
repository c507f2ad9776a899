import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOriginServer, fixturePaths, makeFixtures, toolPath, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createYtDlp, type YtDlp } from '../../../src/pipeline/programs/ytdlp.ts';

let origin: OriginServer;
let directory: string;
let ytDlp: YtDlp;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
});
afterAll(() => origin.close());

/** The real yt-dlp, behind a script that notes its arguments. */
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-generic-'));
  const file = path.join(directory, 'bin/yt-dlp');
  await mkdir(path.dirname(file));
  await writeFile(file, `#!/bin/sh\necho "$@" >> ${directory}/runs\nexec ${toolPath('yt-dlp')} "$@"\n`);
  await chmod(file, 0o755);
  const tools = { file, denoFile: toolPath('deno'), denoDir: directory };
  ytDlp = createYtDlp({ ...tools, owner: directory, sandbox: 'none', stallSeconds: 10 });
});
afterEach(async () => {
  origin.behaveWell();
  await rm(directory, { recursive: true });
});

const run = (proxyUrl = '') => ({ directory, proxyUrl, signal: AbortSignal.timeout(30_000) });
/** The extractors of each run of yt-dlp so far. */
async function runs(): Promise<string[]> {
  const lines = (await readFile(path.join(directory, 'runs'), 'utf8')).trim().split('\n');
  return lines.map((line) => (line.includes('--use-extractors generic') ? 'generic' : 'all'));
}

describe('a link that is plainly media', () => {
  test.each([
    ['an MP4', fixturePaths.mp4],
    ['an MP3', fixturePaths.mp3],
    ['an HLS playlist', fixturePaths.hls],
    ['a DASH manifest', fixturePaths.dash],
  ])('%s: is read by the generic extractor alone', async (_name, source) => {
    const { info } = await ytDlp.resolve(`${origin.url + source}?token=1#t=4`, run());
    expect(info).toMatchObject({ extractor_key: 'Generic' });
    expect(info.formats.length).toBeGreaterThan(0);
    expect(await runs()).toEqual(['generic']);
  });

  test('read as a list that may be one video: has one run, too', async () => {
    expect(await ytDlp.list(origin.url + fixturePaths.mp4, { ...run(), most: 5 })).toHaveProperty('source');
    expect(await runs()).toEqual(['generic']);
  });

  test('that leads to another file: is that file', async () => {
    origin.behave('/moved.mp4', { kind: 'redirect', to: fixturePaths.mp4 });
    expect((await ytDlp.resolve(`${origin.url}/moved.mp4`, run())).info.webpage_url).toBe(
      origin.url + fixturePaths.mp4,
    );
    expect(await runs()).toEqual(['generic']);
  });
});

describe('a link whose path ends like a file', () => {
  test('with a web page behind it: is read by all extractors, and its video is found', async () => {
    const url = origin.page('/film.mp4', { title: 'A page', media: fixturePaths.mp4 });
    expect((await ytDlp.resolve(url, run())).info).toMatchObject({ title: 'A page' });
    expect(await runs()).toEqual(['generic', 'all']);
  });

  test('of a site with an extractor of its own: that extractor gets it', async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.setHeader('content-type', 'text/html').end('<!doctype html><html><title>File</title></html>');
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo; // it listens on TCP
    const link = 'http://commons.wikimedia.org/wiki/File:Film.webm';
    await expect(ytDlp.resolve(link, run(`http://127.0.0.1:${port}`))).rejects.toMatchObject({ name: 'Problem' });
    expect(await runs()).toEqual(['generic', 'all']);
    // the page is what the generic extractor asks for, the API of the site what its own one does
    expect(new Set(asked)).toEqual(new Set([`GET ${link}`, 'CONNECT commons.wikimedia.org:443']));
  });

  test('that is not there: is asked for by all extractors once, and fails', async () => {
    await expect(ytDlp.resolve(`${origin.url}/gone.mp4`, run())).rejects.toMatchObject({ code: 'source-not-found' });
    expect(await runs()).toEqual(['generic', 'all']);
  });

  test('on a host that asks for fewer requests: is not asked for again', async () => {
    const url = origin.behave('/busy.mp4', { kind: 'status', status: 429 });
    await expect(ytDlp.resolve(url, run())).rejects.toMatchObject({ code: 'source-rate-limited' });
    expect(await runs()).toEqual(['generic']);
  });

  test('stopped meanwhile: has no second run', async () => {
    const url = origin.behave('/slow.mp4', { kind: 'slow-header', seconds: 60 });
    const stopping = new AbortController();
    const resolving = ytDlp.resolve(url, { ...run(), signal: stopping.signal });
    await expect
      .poll(() => origin.requests.some(({ path: asked }) => asked === '/slow.mp4'), { timeout: 20_000 })
      .toBe(true);
    stopping.abort(new Error('stopped'));
    await expect(resolving).rejects.toThrow('stopped');
    expect(await runs()).toEqual(['generic']);
  });
});

test('any other link: is read by all extractors', async () => {
  const url = origin.page('/watch', { title: 'A page', media: fixturePaths.mp4 });
  await ytDlp.resolve(`${url}?file=film.mp4`, run());
  expect(await runs()).toEqual(['all']);
});
