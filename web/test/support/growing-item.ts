import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { growingPlaylist } from './tiny-hls.ts';

const renditions = ['v180', 'audio'] as const;

const master = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-START:TIME-OFFSET=0,PRECISE=YES
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,URI="audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c01e,mp4a.40.2",AUDIO="audio"
v180.m3u8
`;

/** Segments on disk that no playlist lists yet, 2 s each. A player that reads them has a timeline longer than listed. */
const UNLISTED_SEGMENTS = 12;
const FIRST_SEGMENTS = 4;

interface GrowingItemOptions {
  /** Folder with the whole item, made by `makeTinyHls`. */
  readonly source: string;
  /** The item's directory in the library. */
  readonly directory: string;
  /** True for a live source: its playlist has no start. Default: false. */
  readonly isLive?: boolean;
}

export type GrowingItem = Awaited<ReturnType<typeof createGrowingItem>>;

/** Creates an item that grows as the pipeline writes it: tracks are appended to, playlists replaced. */
export async function createGrowingItem({ source, directory, isLive = false }: GrowingItemOptions) {
  const tracks = await Promise.all(renditions.map((name) => readTrack(source, name)));
  const total = Math.min(...tracks.map(({ segments }) => segments.length));
  const written = new Map<string, number>();
  let listed = 0;
  let growing = new AbortController();
  let growth = Promise.resolve();

  async function growTo(segments: number): Promise<void> {
    for (const track of tracks) {
      await append(track, offsetAt(track, segments + UNLISTED_SEGMENTS));
      await replace(`${track.name}.m3u8`, await growingPlaylist(join(source, `${track.name}.m3u8`), segments));
    }
    listed = segments;
  }

  /** Appends to a track up to byte `end`, which is inside a segment: the pipeline does not write whole segments either. */
  async function append({ name, bytes }: Track, end: number): Promise<void> {
    await appendFile(join(directory, `${name}.mp4`), bytes.subarray(written.get(name) ?? 0, end));
    written.set(name, end);
  }

  async function replace(file: string, text: string): Promise<void> {
    await writeFile(join(directory, `.${file}`), text);
    await rename(join(directory, `.${file}`), join(directory, file));
  }

  async function grow(everyMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && listed + UNLISTED_SEGMENTS < total) {
      await growTo(listed + 1);
      await delay(everyMs);
    }
  }

  async function pause(): Promise<void> {
    growing.abort();
    await growth;
  }

  await mkdir(directory, { recursive: true });
  await growTo(FIRST_SEGMENTS);
  await replace('index.m3u8', isLive ? master.replace(/#EXT-X-START.*\n/, '') : master);

  return {
    /** Lists one more segment per interval, until it is paused or almost complete. */
    grow: (everyMs: number): void => {
      growing = new AbortController();
      growth = grow(everyMs, growing.signal);
    },
    pause,
    growTo,
    /** Returns the duration of the longest playlist, in seconds. */
    listedSeconds: () => Math.max(...tracks.map((track) => secondsOf(track, listed))),
    totalSeconds: Math.max(...tracks.map((track) => secondsOf(track, track.segments.length))),
    /** Writes the rest of the tracks, ends the playlists and marks the item as ready. */
    complete: async (): Promise<void> => {
      await pause();
      for (const track of tracks) {
        await append(track, track.bytes.length);
        await replace(`${track.name}.m3u8`, track.playlist);
      }
      await writeFile(join(directory, 'media.json'), '{}');
    },
  };
}

type Track = Awaited<ReturnType<typeof readTrack>>;

async function readTrack(source: string, name: string) {
  const playlist = await readFile(join(source, `${name}.m3u8`), 'utf8');
  const entries = playlist.matchAll(/^#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)$/gm);
  const segments = [...entries].map(([, seconds, length, offset]) => ({
    seconds: Number(seconds),
    begin: Number(offset),
    end: Number(offset) + Number(length),
  }));
  return { name, playlist, segments, bytes: await readFile(join(source, `${name}.mp4`)) };
}

function offsetAt({ segments, bytes }: Track, index: number): number {
  const segment = segments[index];
  return segment ? Math.floor((segment.begin + segment.end) / 2) : bytes.length;
}

function secondsOf({ segments }: Track, count: number): number {
  return segments.slice(0, count).reduce((sum, { seconds }) => sum + seconds, 0);
}
