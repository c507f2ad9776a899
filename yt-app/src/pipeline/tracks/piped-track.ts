import type { ChosenRendition } from '../hls/rendition-publisher.ts';
import type { RenditionPlan } from '../plan/track-plan.ts';
import { finishBoth } from './track-outcome.ts';
import { pipeInput, startConversion, startDownload, type TrackResult, type TrackRun } from './track-programs.ts';

/** Lets yt-dlp write into the descriptor of ffmpeg: the bytes do not pass through Node. */
export async function runPipedTrack(run: TrackRun): Promise<TrackResult> {
  const conversion = startConversion(run, run.plan.renditions.map(plannedRendition), pipeInput(run.plan));
  const { program: converter, publishers } = conversion;
  if (!converter.stdin) throw new Error('ffmpeg was started without a pipe');
  const onProgress: TrackRun['onProgress'] = (progress) => {
    converter.touch(); // ffmpeg waits for the source while data arrives
    run.onProgress(progress);
  };
  const downloader = startDownload({ ...run, onProgress }, converter.stdin);
  converter.stdin.destroy(); // the copy of this process; the two programs have their own
  await finishBoth(downloader, conversion, run);
  return { publishers, statedSeconds: null };
}

function plannedRendition({ name, kind, handling }: RenditionPlan): ChosenRendition {
  return { name, kind, handling: handling === 'copied' ? 'copied' : 'encoded' };
}
