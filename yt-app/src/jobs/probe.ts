import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Probe } from '@linkcast/contracts';
import PQueue from 'p-queue';
import type { JobEgress } from '../media/pipeline-run.ts';
import { formatBytes, sourceDuration, sourceTitle, sourceUploader, type SourceInfo } from '../media/source-info.ts';
import type { YtDlp } from '../media/ytdlp.ts';
import { randomId } from '../random-id.ts';

/** Asks a source what it offers; two at a time, the others wait. */
export type ProbeSource = (url: string, signal: AbortSignal) => Promise<Probe>;

export function createProbe({
  ytDlp,
  openEgress,
}: {
  ytDlp: YtDlp;
  openEgress: (jobId: string) => JobEgress;
}): ProbeSource {
  const turns = new PQueue({ concurrency: 2 });
  return (url, signal) =>
    turns.add(async () => {
      const egress = openEgress(`probe-${randomId()}`);
      const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
      try {
        const { info } = await ytDlp.resolve(url, { directory, proxyUrl: egress.proxyUrl, signal });
        return describe(info);
      } finally {
        egress.close();
        await rm(directory, { recursive: true, force: true });
      }
    });
}

function describe(info: SourceInfo): Probe {
  const durationSeconds = sourceDuration(info);
  const byHeight = new Map<number, number | null>();
  for (const format of info.formats) {
    if (!format.height || format.vcodec === 'none') continue;
    const bytes = formatBytes(format, durationSeconds);
    byHeight.set(format.height, Math.max(bytes ?? 0, byHeight.get(format.height) ?? 0) || null);
  }
  const heights = [...byHeight]
    .map(([height, estimatedBytes]) => ({ height, estimatedBytes }))
    .toSorted((a, b) => b.height - a.height);
  return {
    title: sourceTitle(info),
    uploader: sourceUploader(info),
    durationSeconds,
    thumbnail: info.thumbnail ?? null,
    heights,
  };
}
