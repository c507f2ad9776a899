import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownProblemOfError } from '../../../src/pipeline/programs/own-failure.ts';
import { createYtDlp } from '../../../src/pipeline/programs/ytdlp.ts';

const YT_DLP = path.resolve(import.meta.dirname, '../../../../.tools/yt-dlp/usr/lib/python3/dist-packages');
const LIVE = { signal: new AbortController().signal, proxyUrl: 'http://127.0.0.1:9' };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linkcast-machine-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Resolves a link with a shell script in the place of yt-dlp. */
async function resolveWith(script: string): Promise<unknown> {
  const file = path.join(directory, 'bin/yt-dlp');
  await mkdir(path.dirname(file));
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  const tools = { file, denoFile: '/nonexistent', denoDir: '/nonexistent' };
  const ytDlp = createYtDlp({ ...tools, owner: directory, sandbox: 'none', stallSeconds: 10 });
  return ytDlp.resolve('http://127.0.0.1:9/video.mp4', { ...LIVE, directory });
}

test('yt-dlp without a free file descriptor: fails as resources-exhausted', async () => {
  const script = `PYTHONPATH=${YT_DLP} exec prlimit --nofile=4 python3 -s -P -m yt_dlp "$@"`;
  await expect(resolveWith(script)).rejects.toMatchObject({ code: 'resources-exhausted' });
});

test('yt-dlp whose files do not fit on the disk: fails as storage-full', async () => {
  await expect(resolveWith('cat /dev/zero > /dev/full')).rejects.toMatchObject({ code: 'storage-full' });
});

test('yt-dlp on a disk that is read-only: fails as storage-read-only', async () => {
  const script = 'echo "ERROR: unable to open for writing: [Errno 30] Read-only file system" >&2; exit 1';
  await expect(resolveWith(script)).rejects.toMatchObject({ code: 'storage-read-only' });
});

test.each([
  ['EIO', 'storage-failing'],
  ['EROFS', 'storage-read-only'],
  ['ENOSPC', 'storage-full'],
])('%s of one of our own system calls: is %s, also as the cause of another error', (code, problem) => {
  const error = Object.assign(new Error(code), { code });
  expect(ownProblemOfError(error)).toMatchObject({ code: problem });
  expect(ownProblemOfError(new Error('not published', { cause: error }))).toMatchObject({ code: problem });
});

test('400 MB that yt-dlp prints: fail as too-large', async () => {
  await expect(resolveWith('head -c 400000000 /dev/zero')).rejects.toMatchObject({
    code: 'too-large',
    facts: { limit: { kind: 'size', bytes: 64e6 } },
  });
});

test.each([
  ['one line, and success without an answer', 'head -c 400000000 /dev/zero >&2', 'source-extractor'],
  ['one line, and a failure', 'head -c 400000000 /dev/zero >&2; exit 1', 'source-extractor'],
  ['many lines, and a failure', 'yes junk | head -c 400000000 >&2; exit 1', 'source-extractor'],
  ['lines without an end', 'exec yes junk >&2', 'source-extractor'],
  ['some lines before an error', 'yes junk | head -n 1000 >&2; echo "HTTP Error 404" >&2; exit 1', 'source-not-found'],
])('junk on standard error, %s: is a problem of the source, and not kept', async (_name, script, code) => {
  const before = process.memoryUsage().rss;
  await expect(resolveWith(script)).rejects.toMatchObject({ code });
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
});

test('a yt-dlp that is missing: fails as downloader-unavailable', async () => {
  await expect(resolveWith('exec /nonexistent/python3')).rejects.toMatchObject({ code: 'downloader-unavailable' });
});
