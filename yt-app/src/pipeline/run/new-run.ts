import path from 'node:path';
import { workFolder } from '@linkcast/contracts';
import { pictureLimit } from '../limits/picture-size.ts';
import { limitPictures } from '../programs/ffmpeg/picture-limited-ffmpeg.ts';
import { createItemPlace } from './item-place.ts';
import type { PipelineReporter } from './pipeline-reporter.ts';
import type { PipelineDeps, PipelineJob, PipelineRun } from './pipeline-run.ts';

/** Begins a run for a claim of a job: its egress, its place, and the signal that ends its programs. */
export async function createRun(
  deps: PipelineDeps,
  job: PipelineJob,
  reporter: PipelineReporter,
  { signal: callerSignal, enough }: Pick<PipelineRun, 'signal' | 'enough'>,
): Promise<PipelineRun> {
  const abort = new AbortController();
  let egress = await deps.openEgress(job.proxyUrl, callerSignal);
  const workDirectory = path.join(deps.mediaDir, workFolder(job));
  const place = createItemPlace({
    library: path.join(deps.mediaDir, job.mediaId),
    aside: path.join(workDirectory, 'item'),
    hasEarlier: job.isPlayable,
  });
  return {
    ...deps,
    logger: deps.logger.child({ jobId: job.id, mediaId: job.mediaId }),
    ffmpeg: limitPictures(deps.ffmpeg, pictureLimit(job.limits.maxHeight)),
    job,
    limits: job.limits,
    reporter,
    get egress() {
      return egress;
    },
    takeEgress: (next) => void (egress = next),
    workDirectory,
    place,
    get mediaDirectory() {
      return place.directory;
    },
    enough: job.live?.isStopped === true ? AbortSignal.abort() : enough,
    signal: AbortSignal.any([callerSignal, abort.signal]),
    abort: (reason) => abort.abort(reason),
  };
}
