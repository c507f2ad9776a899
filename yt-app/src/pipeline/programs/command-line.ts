import ffmpeg from 'fluent-ffmpeg';
import youtubeDl from 'youtube-dl-exec';

/** One file or pipe that ffmpeg reads or writes, with the options that precede it. */
export interface FfmpegEnd {
  readonly target: string;
  readonly options: readonly string[];
}

/**
 * Writes an ffmpeg command line with fluent-ffmpeg, which does nothing else here. The kit runs the command, because
 * fluent-ffmpeg (archived) crashes the process when the program is missing, stops with SIGTERM only, passes on our whole
 * environment, and misreads `ffmpeg -formats` of version 7 and newer (docs/decisions/0005).
 */
export function ffmpegArguments(inputs: readonly FfmpegEnd[], outputs: readonly FfmpegEnd[]): string[] {
  const command = ffmpeg();
  for (const input of inputs) command.input(input.target).inputOptions(...input.options);
  for (const output of outputs) command.output(output.target).outputOptions(...output.options);
  // Not in the typings: the method by which fluent-ffmpeg makes the arguments that it spawns.
  return (command as unknown as { _getArguments(): string[] })._getArguments();
}

/** Flags of yt-dlp in youtube-dl-exec's notation. Its own typings lack several. */
export type YtDlpFlags = Readonly<Record<string, string | number | true | readonly string[] | undefined>>;

// youtube-dl-exec exports `args` without a type.
const { args: writeFlags } = youtubeDl as unknown as {
  args: (flags: YtDlpFlags) => string[];
};

/** Writes a yt-dlp command line with youtube-dl-exec. The source comes last, after `--`. */
export function ytDlpArguments(flags: YtDlpFlags, source?: string): string[] {
  return source === undefined ? writeFlags(flags) : [...writeFlags(flags), '--', source];
}
