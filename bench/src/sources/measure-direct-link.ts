import { setTimeout as delay } from 'node:timers/promises';
import { fixturePaths, type OriginServer, type YtAppProcess } from '@linkcast/testing';
import { readyJob } from '../pipeline/ended-job.ts';

/** Until the worker has a yt-dlp that waits for the next link: it starts one five seconds after the last link. */
const PAUSE_MS = 8000;
const LIMIT_SECONDS = 60;

/** Seconds from the arrival of a link to a file, on loopback, until its item can be played. */
export async function measureDirectLink(
  number: number,
  { ytApp, origin, signal }: { ytApp: YtAppProcess; origin: OriginServer; signal: AbortSignal },
): Promise<number> {
  await delay(PAUSE_MS, undefined, { signal });
  const link = `${origin.url}${fixturePaths.mp4}?number=${number}`;
  const { id } = await ytApp.api.createJob({ url: link, type: 'video' });
  const { createdAt, playableAt } = await readyJob(ytApp.api, id, { limitSeconds: LIMIT_SECONDS, signal });
  if (playableAt === null) throw new Error('a ready job was playable');
  return (Date.parse(playableAt) - Date.parse(createdAt)) / 1000;
}
