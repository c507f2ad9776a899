import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Probe } from '@linkcast/contracts';
import type { JobEgress } from '../media/pipeline-run.ts';
import { offeredHeights } from '../media/format-choice.ts';
import { sourceDuration, sourceTitle, sourceUploader, type SourceInfo } from '../media/source-info.ts';
import type { YtDlp } from '../media/ytdlp.ts';
import { randomId } from '../random-id.ts';

/** Asks a source what it offers. How many run at once is decided in `probe-queue.ts`. */
export type ProbeSource = (url: string, signal: AbortSignal) => Promise<Probe>;

export function createProbe({
  ytDlp,
  openEgress,
}: {
  ytDlp: YtDlp;
  openEgress: (jobId: string, signal: AbortSignal) => Promise<JobEgress>;
}): ProbeSource {
  return async (url, signal) => {
    const egress = await openEgress(`probe-${randomId()}`, signal);
    const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
    try {
      const { info } = await ytDlp.resolve(url, { directory, proxyUrl: egress.proxyUrl, signal });
      return describe(info);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
}

const MAX_HEIGHTS = 40;
/** Taller pictures do not exist: what says so is a mistake of the source. */
const MAX_PIXELS = 16_384;
const MAX_URL_CHARACTERS = 2048;

/** What a source says of itself, bounded: its page may list any number of formats, with any numbers in them. */
export function describe(info: SourceInfo): Probe {
  const durationSeconds = sourceDuration(info);
  return {
    title: sourceTitle(info),
    uploader: sourceUploader(info),
    durationSeconds,
    thumbnail: thumbnailOf(info),
    heights: believableHeights(info.formats, durationSeconds),
  };
}

function believableHeights(formats: SourceInfo['formats'], durationSeconds: number | null): Probe['heights'] {
  return offeredHeights(formats, durationSeconds)
    .filter(({ height }) => Number.isInteger(height) && height > 0 && height <= MAX_PIXELS)
    .map(({ height, estimatedBytes }) => ({
      height,
      estimatedBytes: Number.isSafeInteger(estimatedBytes) ? estimatedBytes : null,
    }))
    .slice(0, MAX_HEIGHTS);
}

/** An http or https address of ordinary length, or null: pages put it into an image. */
function thumbnailOf({ thumbnail }: SourceInfo): string | null {
  if (!thumbnail || thumbnail.length > MAX_URL_CHARACTERS) return null;
  return /^https?:$/.test(URL.parse(thumbnail)?.protocol ?? '') ? thumbnail : null;
}
