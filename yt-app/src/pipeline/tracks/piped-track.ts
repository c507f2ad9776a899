import type { ChosenRendition } from '../hls/rendition-publisher.ts';
import type { RenditionPlan } from '../plan/track-plan.ts';
import { finishBoth } from './track-outcome.ts';
import { pipeInput, startConversion, startDownload, type TrackResult, type TrackRun } from './track-programs.ts';

/** Lets ffmpeg read from the descriptor of yt-dlp, or of the program that keeps the bytes: they do not pass through Node. */
export async function runPipedTrack(run: TrackRun): Promise<TrackResult> {
  const copied = run.kept?.fill((file) => run.download.copyOutput(file));
  const output = copied?.output ?? run.download.output;
  const conversion = startConversion(run, run.plan.renditions.map(plannedRendition), pipeInput(run.plan), output);
  output.destroy(); // the copy of this process, before the first byte comes; the two programs have their own
  const { program: converter, publishers } = conversion;
  const onProgress: TrackRun['onProgress'] = (progress) => {
    converter.touch(); // ffmpeg waits for the source while data arrives
    run.onProgress(progress);
  };
  const downloader = startDownload({ ...run, onProgress });
  try {
    await finishBoth(downloader, conversion, run);
  } finally {
    await copied?.throwUnlessPassedOn(); // its failure is the cause of the others
  }
  return { publishers, statedSeconds: null };
}

/** A rendition as it was planned, of a format whose codec is known. */
export function plannedRendition({ name, kind, handling }: RenditionPlan): ChosenRendition {
  return { name, kind, handling: handling === 'copied' ? 'copied' : 'encoded' };
}
