import { Problem } from '@linkcast/contracts';
import { runProgram } from '@linkcast/kit';
import { MAX_PIXELS, refuseTooManyPixels } from '../../limits/picture-size.ts';
import {
  confineFfmpeg,
  ffmpegEnvironment,
  GUARDED_INPUT,
  isNotRun,
  MEMORY_BYTES,
  type FfmpegOptions,
} from './ffmpeg-confinement.ts';
import { ownProblem } from '../own-failure.ts';
import { parseProbe, type ProbedFile } from '../probed-file.ts';

const WALL_SECONDS = 60;

/**
 * Reads the streams of a local file with ffprobe.
 *
 * @returns null when the file is not media that the pipeline accepts.
 * @throws {Problem} too-large when its picture has more than MAX_PIXELS, conversion-failed when ffprobe cannot be run,
 * or the problem of this machine because of which it failed.
 */
export type ProbeFile = (file: string, signal: AbortSignal) => Promise<ProbedFile | null>;

export function createFfprobe({ owner, sandbox }: FfmpegOptions): ProbeFile {
  const probe = async (file: string, options: string[], signal: AbortSignal): Promise<ProbedFile | null> => {
    const output = ['-show_format', '-show_streams', '-of', 'json'];
    const { outcome, stdout } = await runProgram({
      file: 'ffprobe',
      args: ['-v', 'error', ...GUARDED_INPUT, ...options, ...output, `file:${file}`],
      env: ffmpegEnvironment('/', owner),
      signal,
      wallSeconds: WALL_SECONDS,
      graceSeconds: 0,
      maxMemoryBytes: MEMORY_BYTES.copy,
      confinement: confineFfmpeg(sandbox, [file], []),
    });
    signal.throwIfAborted();
    // An ffprobe that was too slow, is missing or was killed reveals nothing about the file.
    if (outcome.kind === 'stopped' || isNotRun(outcome)) throw new Problem('conversion-failed', {}, { cause: outcome });
    if (outcome.kind === 'finished') return parseProbe(stdout);
    const own = ownProblem(outcome);
    if (own) throw own;
    return null;
  };

  return async (file, signal) => {
    const probed = await probe(file, ['-max_pixels', String(MAX_PIXELS)], signal);
    if (probed) return probed;
    // Decodes nothing, and therefore reads the size of any picture.
    const undecoded = await probe(file, ['-skip_frame', 'all'], signal);
    if (undecoded?.video) refuseTooManyPixels(undecoded.video);
    return null;
  };
}
