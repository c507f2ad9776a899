import { minimalEnvironment, OWNER_VARIABLE, type Confinement, type Outcome, type SandboxKind } from '@linkcast/kit';

/** Restricts an input to files and pipes, and to the containers and codecs of ordinary media. */
export const GUARDED_INPUT: readonly string[] = [
  ['-protocol_whitelist', 'file,pipe,fd'],
  [
    '-format_whitelist',
    'mov,matroska,webm,mpegts,mp3,ogg,flac,wav,aac,flv,avi,mpeg,asf,image2,jpeg_pipe,png_pipe,webp_pipe,mjpeg',
  ],
  [
    '-codec_whitelist',
    'h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,mpeg2video,mpeg1video,h263,flv,wmv3,vc1,mjpeg,png,webp,' +
      'aac,mp3,mp3float,opus,libopus,vorbis,ac3,eac3,flac,alac,pcm_s16le,pcm_s24le,wmav2',
  ],
].flat();

/** Memory limits by what is done with pictures. */
export const MEMORY_BYTES = {
  /** A file of some kilobytes can claim millions of samples, each of which takes memory. Ten hours take 100 MB. */
  copy: 400e6,
  /** The largest pictures take 50 MB each, and several are decoded at once. */
  decode: 2e9,
  /** The encoder buffers 40 pictures ahead, and each of its threads keeps some. */
  encode: 6e9,
} as const;

export interface FfmpegOptions {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
}

/** ffmpeg and ffprobe have no network, start no program, and read and write only the given paths. */
export function confineFfmpeg(
  sandbox: SandboxKind,
  readable: readonly string[],
  writable: readonly string[],
): Confinement {
  return { sandbox, readable, writable, network: 'none', mayStartPrograms: false };
}

export function ffmpegEnvironment(home: string, owner: string): Record<string, string> {
  return minimalEnvironment(home, { [OWNER_VARIABLE]: owner });
}

/** Exit codes of `setpriv` when the program is missing or cannot be run. */
const NOT_RUN: readonly unknown[] = [126, 127];

/** True when the program itself is missing. The outcome then reveals nothing about its input. */
export function isNotRun(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && NOT_RUN.includes(outcome.exitCode);
}

/** True when the process could not be started, such as in a working directory that was removed. */
export function isNotStarted(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.exitCode === null && outcome.signal === null;
}
