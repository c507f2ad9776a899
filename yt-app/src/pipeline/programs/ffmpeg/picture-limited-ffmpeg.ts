import { ORDINARY_LIMIT, pixelsOf, refuseTooManyPixels, type PictureLimit } from '../../limits/picture-size.ts';
import type { Ffmpeg } from './ffmpeg.ts';

/** Each thread of a decoder or an encoder keeps frames of its own: encoding 8K took 8 GB with 16 threads, and 4 GB with 4. */
const THREADS_FOR_LARGE_PICTURES = ['-threads', '4'];

/** An ffmpeg that decodes no picture beyond the limit, and uses few threads for large ones. */
export function limitPictures(ffmpeg: Ffmpeg, limit: PictureLimit): Ffmpeg {
  const options = ['-max_pixels', String(pixelsOf(limit)), ...threadOptions(limit)];
  return {
    start: (run) =>
      ffmpeg.start({
        ...run,
        inputs: run.inputs.map((input) => ({ ...input, options: [...options, ...input.options] })),
      }),
    async probe(file, signal) {
      const probed = await ffmpeg.probe(file, signal);
      if (probed?.video) refuseTooManyPixels(probed.video, limit);
      return probed;
    },
  };
}

/** Options of a decoder or an encoder for pictures up to this limit. */
export function threadOptions(limit: PictureLimit): readonly string[] {
  return pixelsOf(limit) > pixelsOf(ORDINARY_LIMIT) ? THREADS_FOR_LARGE_PICTURES : [];
}
