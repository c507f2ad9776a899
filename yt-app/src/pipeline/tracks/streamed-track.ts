import { pipeline } from 'node:stream/promises';
import type { ChosenRendition } from '../hls/rendition-publisher.ts';
import type { Head } from './head.ts';
import { plannedRendition } from './piped-track.ts';
import { chooseRenditions, statedSeconds } from './rendition-choice.ts';
import { finishBoth } from './track-outcome.ts';
import { pipeInput, startConversion, type TrackResult, type TrackRun } from './track-programs.ts';
import { openTrackSource, type TrackSource } from './track-source.ts';

/** Writes the head and then the rest of a download into ffmpeg. */
export async function runStreamedTrack(run: TrackRun, source: TrackSource, head: Head): Promise<TrackResult> {
  const renditions = chooseRenditions(run.plan, head.probed);
  const result = await stream(run, source, { renditions, first: head.bytes });
  return { ...result, statedSeconds: head.probed?.hasOwnDuration ? statedSeconds(renditions, head.probed) : null };
}

/** Writes a download into ffmpeg, whose renditions are planned, and keeps its bytes. */
export async function runKeptTrack(run: TrackRun): Promise<TrackResult> {
  const source = await openTrackSource(run);
  try {
    return await stream(run, source, { renditions: run.plan.renditions.map(plannedRendition), first: Buffer.alloc(0) });
  } finally {
    source.bytes.destroy(); // unread output would keep the program from ending
  }
}

async function stream(
  run: TrackRun,
  { downloader, bytes }: TrackSource,
  { renditions, first }: { renditions: readonly ChosenRendition[]; first: Buffer },
): Promise<TrackResult> {
  const conversion = startConversion(run, renditions, pipeInput(run.plan));
  const { program: converter, publishers } = conversion;
  if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
  converter.stdin.write(first);
  bytes.on('data', () => converter.touch());
  // When either end breaks, the outcomes of the programs give the reason.
  const written = pipeline(bytes, converter.stdin, { signal: run.signal }).catch(() => undefined);
  await finishBoth(downloader, conversion, run);
  await written;
  return { publishers, statedSeconds: null };
}
