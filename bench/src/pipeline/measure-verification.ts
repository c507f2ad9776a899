import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Media } from '@linkcast/contracts';
import { createPacedDigest, SCRUB_BYTES_PER_SECOND } from '../../../yt-app/src/library/scrub/paced-digest.ts';
import { checkRendition } from '../../../yt-app/src/pipeline/check/rendition-check.ts';
import { parsePlaylist } from '../../../yt-app/src/pipeline/hls/byte-range-playlist.ts';
import { createFfmpeg } from '../../../yt-app/src/pipeline/programs/ffmpeg/ffmpeg.ts';
import { processorTimeSince, readProcessorTime } from './processor-time.ts';

const SCRUBBED_BYTES = 64e6;

/** The verification of an item, done once more here: its seconds of processor time, with those of ffmpeg. Without the sandbox, which hides them. */
export async function measureVerification(mediaDir: string, item: Media, signal: AbortSignal): Promise<number> {
  const mediaDirectory = path.join(mediaDir, item.id);
  const workDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-bench-check-'));
  const context = { mediaDirectory, workDirectory, signal, ffmpeg: createFfmpeg({ owner: 'bench', sandbox: 'none' }) };
  const before = await readProcessorTime(process.pid);
  try {
    for (const { name, kind, handling } of item.renditions) {
      const segments = parsePlaylist(await readFile(path.join(mediaDirectory, `${name}.m3u8`), 'utf8'))?.segments ?? [];
      const { damage } = await checkRendition({ rendition: { name, kind, handling }, segments }, context);
      if (damage.length > 0) throw new Error(`${name} is damaged`);
    }
    const { own, children } = await processorTimeSince(before, process.pid);
    return own + children;
  } finally {
    await rm(workDirectory, { recursive: true });
  }
}

/** The part of one processor that the scrub takes while it reads, at its own rate. */
export async function measureScrub(signal: AbortSignal): Promise<number> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-bench-scrub-'));
  try {
    const file = path.join(directory, 'file');
    await writeFile(file, Buffer.alloc(SCRUBBED_BYTES, 'scrub'));
    const before = await readProcessorTime(process.pid);
    await createPacedDigest(SCRUB_BYTES_PER_SECOND)(file, signal);
    const { own } = await processorTimeSince(before, process.pid);
    return own / (SCRUBBED_BYTES / SCRUB_BYTES_PER_SECOND);
  } finally {
    await rm(directory, { recursive: true });
  }
}
