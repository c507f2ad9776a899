import { lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ownFilePath, Problem } from '@linkcast/contracts';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { ProbedFile } from '../programs/probed-file.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { SourceInfo } from '../source/source-info.ts';
import { convertFile } from '../tracks/file-conversion.ts';
import type { ConversionRun } from '../tracks/track-programs.ts';
import type { DownloadedTrack } from '../tracks/track.ts';

/** A file that a person gave: the source of a job that downloads nothing. */
export interface OwnFile {
  readonly file: string;
  readonly probed: ProbedFile;
  /** The file as a source with one format, for the plan. */
  readonly info: SourceInfo;
}

/**
 * Reads what an own file has.
 *
 * @throws {Problem} source-not-found when it was removed, source-not-media; and as the probe of any file.
 */
export async function openOwnFile({ mediaDir, job, ffmpeg, signal }: PipelineRun, id: string): Promise<OwnFile> {
  const file = path.join(mediaDir, ownFilePath(id));
  const found = await lstat(file).catch(ignoreMissing);
  if (!found?.isFile()) throw new Problem('source-not-found');
  const probed = await ffmpeg.probe(file, signal);
  if (!probed) throw new Problem('source-not-media');
  return { file, probed, info: sourceInfoOf({ id, title: job.title, bytes: found.size }, probed) };
}

/** Makes the renditions of an own file. */
export async function bringOwnFile(
  track: TrackPlan,
  { file, probed }: OwnFile,
  run: ConversionRun & { readonly workDirectory: string },
): Promise<DownloadedTrack> {
  await mkdir(run.workDirectory, { recursive: true });
  return { ...(await convertFile(run, file, probed)), plan: track };
}

function sourceInfoOf(
  { id, title, bytes }: { id: string; title: string | undefined; bytes: number },
  { video, audio, durationSeconds }: ProbedFile,
): SourceInfo {
  const unknown = null; // the codecs are compared with what browsers play when the file is converted
  const format = {
    format_id: 'file',
    protocol: 'file',
    vcodec: video ? unknown : 'none',
    acodec: audio ? unknown : 'none',
    width: video?.width ?? null,
    height: video?.height ?? null,
    filesize: bytes,
  };
  return { id, title: title ?? null, duration: durationSeconds, formats: [format] };
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
  throw error;
}
