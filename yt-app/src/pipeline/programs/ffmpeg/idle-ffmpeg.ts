import type { Ffmpeg } from './ffmpeg.ts';

/** An ffmpeg that decodes with one thread, and only with what nothing else on the machine wants. */
export function withIdlePriority(ffmpeg: Ffmpeg): Pick<Ffmpeg, 'start'> {
  return {
    start: (run) =>
      ffmpeg.start({
        ...run,
        priority: 'idle',
        inputs: run.inputs.map((input) => ({ ...input, options: ['-threads', '1', ...input.options] })),
      }),
  };
}
