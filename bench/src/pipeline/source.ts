import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createOriginServer, makeLongDash, type OriginServer } from '@linkcast/testing';

/** A long video on a slow line. */
export interface Source {
  readonly origin: OriginServer;
  /** A link of its own for each number, because the same link twice is one job. */
  link(number: number): string;
  /** Milliseconds since 1970. */
  lastSentAt(): number;
}

const run = promisify(execFile);

const VIDEO_BITS_PER_SECOND = 4e6;

/** Approximate size of a source of so many seconds. The sound adds 3 %. */
export function sourceBytes(seconds: number): number {
  return (seconds * VIDEO_BITS_PER_SECOND) / 8;
}

/** Serves a video of so many seconds, picture and sound apart. The files are kept for the next time. */
export async function openSource(seconds: number): Promise<Source> {
  const root = await makeLongDash({ seconds, videoBitsPerSecond: VIDEO_BITS_PER_SECOND });
  await run('sync', ['-f', root], { timeout: 120_000 }); // or else yt-app's first write waits until all of it is on the disk
  const origin = await createOriginServer({ root });
  return {
    origin,
    link: (number) => `${origin.url}/manifest.mpd?number=${number}`,
    lastSentAt: () => Math.max(...origin.requests.map((request) => request.lastSentAt)),
  };
}
