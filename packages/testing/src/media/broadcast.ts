import { execFile } from 'node:child_process';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder } from './fixture-cache.ts';

const run = promisify(execFile);

/** Seconds of each segment of a broadcast. */
export const BROADCAST_SEGMENT_SECONDS = 2;
const SEGMENTS = 40;
const WINDOW = 6;
/** Brightness of the picture at its begin, and how much it grows in a second: frames tell the time. */
const LUMA = { from: 16, perSecond: 2 } as const;

/** A live HLS source that is as far as the test has let it come: a window of segments, of which the older ones are deleted. */
export interface Broadcast {
  /** Of the playlist, below the root of the origin. */
  readonly path: string;
  /** Broadcasts so many further segments. */
  publish(count: number): Promise<void>;
  /** Starts the broadcast anew: lower numbers, other names, time stamps from the begin. */
  restart(): void;
  /** Ends the broadcast with `EXT-X-ENDLIST`. */
  end(): Promise<void>;
}

/** @param root the folder of an origin. */
export async function createBroadcast(root: string, name = 'live'): Promise<Broadcast> {
  const clip = await makeClip();
  const folder = path.join(root, name);
  await mkdir(folder, { recursive: true });
  let published = 0;
  let starts = 0;

  const nameOf = (index: number): string => `s${starts}-${index}.ts`;
  const writePlaylist = async (isEnded: boolean): Promise<void> => {
    const first = Math.max(0, published - WINDOW);
    const lines = Array.from(
      { length: published - first },
      (_, index) => `#EXTINF:2.000000,\n${nameOf(first + index)}`,
    );
    const head = `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:${first}`;
    const text = [head, ...lines, ...(isEnded ? ['#EXT-X-ENDLIST'] : [])].join('\n');
    await writeFile(path.join(folder, 'new.m3u8'), `${text}\n`);
    await rename(path.join(folder, 'new.m3u8'), path.join(folder, 'index.m3u8'));
  };
  return {
    path: `/${name}/index.m3u8`,
    async publish(count) {
      for (let done = 0; done < count; done += 1) {
        if (published >= SEGMENTS) throw new Error('the clip of the broadcast has no more segments');
        await copyFile(path.join(clip, `segment${published}.ts`), path.join(folder, nameOf(published)));
        published += 1;
      }
      await writePlaylist(false);
    },
    restart() {
      published = 0;
      starts += 1;
    },
    end: () => writePlaylist(true),
  };
}

/** The time of the clip that a picture shows, by its brightness from 0 to 255. */
export function broadcastSeconds(luma: number): number {
  return (luma - LUMA.from) / LUMA.perSecond;
}

function makeClip(): Promise<string> {
  const seconds = SEGMENTS * BROADCAST_SEGMENT_SECONDS;
  return cachedFolder('broadcast', { seconds, ...LUMA }, async (folder) => {
    const picture = `color=black:s=128x72:r=25,format=yuv420p,geq=lum='${LUMA.from}+${LUMA.perSecond}*T':cb=128:cr=128`;
    const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=440', '-t', String(seconds)];
    const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '50', '-keyint_min', '50', '-sc_threshold', '0'];
    const hls = ['-f', 'hls', '-hls_time', '2', '-hls_list_size', '0', '-hls_segment_filename', 'segment%d.ts'];
    const args = [...inputs, ...video, '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '64k', ...hls, 'clip.m3u8'];
    await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', ...args], { cwd: folder, timeout: 120_000 });
  });
}
