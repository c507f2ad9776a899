import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { elapsedMs } from '@linkcast/kit';
import {
  BROADCAST_SEGMENT_SECONDS,
  createBroadcast,
  until,
  type OriginServer,
  type YtAppProcess,
} from '@linkcast/testing';
import { parsePlaylist } from '../../../yt-app/src/pipeline/hls/byte-range-playlist.ts';
import { median } from '../medians.ts';

const FIRST_SEGMENTS = 4;
const MEASURED_SEGMENTS = 8;
const PLAYABLE_SECONDS = 60;
/** A segment that is not listed after so long is lost. */
const LISTED_SECONDS = 20;

interface Where {
  readonly ytApp: YtAppProcess;
  readonly origin: OriginServer;
  /** The folder that the origin serves. */
  readonly root: string;
  readonly signal: AbortSignal;
}

/** Median time from a segment's place in the playlist of a live source to its place in ours, in segments. */
export async function measureLive({ ytApp, origin, root, signal }: Where): Promise<number> {
  const live = await createBroadcast(root);
  await live.publish(FIRST_SEGMENTS);
  const { id } = await ytApp.api.createJob({ url: origin.url + live.path, type: 'video' });
  const mediaId = await until(async () => {
    const job = await ytApp.api.getJob(id);
    return job.playable && job.mediaId;
  }, PLAYABLE_SECONDS);
  const directory = path.join(ytApp.mediaDir, mediaId);
  const { renditions } = await ytApp.api.getMedia(mediaId);
  const files = renditions.map(({ name }) => path.join(directory, `${name}.m3u8`));
  const delays: Promise<number>[] = [];
  for (let count = FIRST_SEGMENTS + 1; count <= FIRST_SEGMENTS + MEASURED_SEGMENTS; count += 1) {
    const published = elapsedMs();
    await live.publish(1);
    const listed = until(() => isListed(files, count), LISTED_SECONDS);
    delays.push(listed.then(() => (elapsedMs() - published) / 1000 / BROADCAST_SEGMENT_SECONDS));
    await delay(BROADCAST_SEGMENT_SECONDS * 1000, undefined, { signal });
  }
  await live.end(); // or else the last segment would wait for the next one
  const measured = await Promise.all(delays);
  return median(measured);
}

/** Reports whether all renditions list so many segments of the source. */
async function isListed(files: readonly string[], segments: number): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const lengths = texts.map((text) =>
    (parsePlaylist(text)?.segments ?? []).reduce((sum, { seconds }) => sum + seconds, 0),
  );
  // sound ends up to one of its packets before the picture
  return lengths.every((length) => length > segments * BROADCAST_SEGMENT_SECONDS - 0.1);
}
