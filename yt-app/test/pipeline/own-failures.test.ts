import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { isProblem } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, portOf, type OriginServer } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killPrograms } from './kill-program.ts';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

let origin: OriginServer;
let breaking: Server;
let rig: PipelineRig;
let count = 0;

/** Announces chunks of video, sends one, and then bytes that are no chunk. yt-dlp's error has none of the usual words. */
const sendBrokenChunks = (): Server =>
  createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n');
      socket.end(`1000\r\n${'\0'.repeat(0x1000)}\r\nthis is no length\r\n`);
    });
  });

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  breaking = sendBrokenChunks().listen(0, '127.0.0.1');
  await once(breaking, 'listening');
  rig = await createPipelineRig({ allow: [origin.hostPort, `127.0.0.1:${portOf(breaking)}`] });
});
afterAll(async () => {
  breaking.close();
  await rig.close();
  await origin.close();
});

function bringIn(url: string, record = createRecord()): Promise<unknown> {
  count += 1;
  const id = `own${count}`;
  return rig.run({ id, mediaId: id, url, type: 'video', quality: 'best' }, record, AbortSignal.timeout(60_000));
}

async function problemOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  return isProblem(error) ? error.code : String(error);
}

describe.each([
  ['piped into ffmpeg', fixturePaths.dash],
  ['inspected first', fixturePaths.mp4],
  ['of MPEG-TS segments', fixturePaths.hls],
])('a download that is %s', (_name, source) => {
  const programs = source === fixturePaths.dash ? ['ffmpeg', 'yt_dlp', 'tee'] : ['ffmpeg', 'yt_dlp'];
  test.each(programs)('when %s is killed in the middle: fails as program-killed', async (program) => {
    origin.throttle(200_000);
    try {
      const playable = Promise.withResolvers<undefined>();
      const run = bringIn(origin.url + source, createRecord({ onPlayable: () => playable.resolve(undefined) }));
      const problem = problemOf(run);
      await playable.promise;
      const words = { ffmpeg: ['pipe:2'], yt_dlp: ['--load-info-json'], tee: [] }[program] ?? [];
      expect(await killPrograms(rig.mediaDir, program, ...words)).toBeGreaterThan(0);
      expect(await problem).toBe('program-killed');
    } finally {
      origin.throttle(undefined);
    }
  });
});

test('yt-dlp killed while it resolves the link: fails as program-killed', async () => {
  const url = origin.behave('/slow.html', { kind: 'slow-header', seconds: 20 });
  const problem = problemOf(bringIn(url));
  await killPrograms(rig.mediaDir, 'yt_dlp', '--dump-single-json');
  expect(await problem).toBe('program-killed');
});

test('connections that break again and again: fail as a source that cannot be reached', async () => {
  expect(await problemOf(bringIn(`http://127.0.0.1:${portOf(breaking)}/video.mp4`))).toBe('source-unreachable');
});
