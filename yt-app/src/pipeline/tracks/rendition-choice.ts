import { Problem } from '@linkcast/contracts';
import { isCopyableAudioStream, isCopyableVideoStream } from '../plan/codec-names.ts';
import type { ProbedFile } from '../programs/probed-file.ts';
import type { TrackPlan } from '../plan/download-plan.ts';
import type { RenditionOutput } from '../hls/rendition-publisher.ts';

/**
 * What really is in a file decides which renditions are made of it: those whose stream is there, copied when every
 * browser plays it. A file with sound alone is welcome as a video, too.
 *
 * @throws {Problem} source-unsupported when nothing of what was wanted is in it.
 */
export function settleRenditions(plan: TrackPlan, probed: ProbedFile | null): RenditionOutput[] {
  const video = probed?.video;
  const audio = probed?.audio;
  const settled = plan.renditions.flatMap(({ name, kind, height }): RenditionOutput[] => {
    if (kind === 'video')
      return video
        ? [
            {
              name: height === null ? 'video' : name,
              kind,
              handling: isCopyableVideoStream(video) ? 'copied' : 'encoded',
            },
          ]
        : [];
    return audio ? [{ name, kind, handling: isCopyableAudioStream(audio) ? 'copied' : 'encoded' }] : [];
  });
  if (settled.length === 0) throw new Problem('source-unsupported');
  return settled;
}
