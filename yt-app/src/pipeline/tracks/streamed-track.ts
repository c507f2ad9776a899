import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Program } from '@linkcast/kit';
import type { Head } from './head.ts';
import { chooseRenditions, statedSeconds } from './rendition-choice.ts';
import { finishBoth } from './track-outcome.ts';
import { pipeInput, startConversion, type TrackResult, type TrackRun } from './track-programs.ts';

/** Writes the head and then the rest of a download into ffmpeg. */
export async function runStreamedTrack(
  run: TrackRun,
  downloader: Program,
  { head, rest }: { head: Head; rest: Readable },
): Promise<TrackResult> {
  const renditions = chooseRenditions(run.plan, head.probed);
  const conversion = startConversion(run, renditions, pipeInput(run.plan));
  const { program: converter, publishers } = conversion;
  if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
  converter.stdin.write(head.bytes);
  rest.on('data', () => converter.touch());
  // When either end breaks, the outcomes of the programs give the reason.
  const written = pipeline(rest, converter.stdin, { signal: run.signal }).catch(() => undefined);
  await finishBoth(downloader, conversion, run);
  await written;
  return { publishers, statedSeconds: head.probed?.hasOwnDuration ? statedSeconds(renditions, head.probed) : null };
}
