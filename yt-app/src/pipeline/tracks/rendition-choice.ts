import { Problem } from '@linkcast/contracts';
import type { ChosenRendition } from '../hls/rendition-publisher.ts';
import { isCopyableAudioStream, isCopyableVideoStream } from '../plan/copyability.ts';
import type { RenditionPlan, TrackPlan } from '../plan/track-plan.ts';
import type { ProbedFile } from '../programs/probed-file.ts';

/**
 * Chooses the renditions by the streams of a file: those whose stream exists, copied when every browser plays it. A file
 * with sound alone is accepted for a video request, too.
 *
 * @throws {Problem} source-unsupported when no planned rendition has its stream.
 */
export function chooseRenditions(plan: TrackPlan, probed: ProbedFile | null): ChosenRendition[] {
  const chosen = plan.renditions.flatMap((rendition) => chooseRendition(rendition, probed) ?? []);
  if (chosen.length === 0) throw new Problem('source-unsupported');
  return chosen;
}

function chooseRendition({ name, kind }: RenditionPlan, probed: ProbedFile | null): ChosenRendition | undefined {
  if (kind === 'audio') {
    const audio = probed?.audio;
    return audio ? { name, kind, handling: isCopyableAudioStream(audio) ? 'copied' : 'encoded' } : undefined;
  }
  const video = probed?.video;
  if (!video) return undefined;
  return {
    name,
    kind,
    handling: isCopyableVideoStream(video) ? 'copied' : 'encoded',
  };
}

/** Seconds that a file states for its renditions. A file is as long as its longest stream; for sound alone, the sound counts. */
export function statedSeconds(
  renditions: readonly ChosenRendition[],
  { durationSeconds, audio }: ProbedFile,
): number | null {
  const isSoundAlone = renditions.every((rendition) => rendition.kind === 'audio');
  return (isSoundAlone ? audio?.durationSeconds : null) ?? durationSeconds;
}
