import { z } from 'zod';

const ProbedStream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  duration: z.coerce.number().optional(),
  /** Matroska stores the duration of a stream here: `00:03:20.500000000`. */
  tags: z.object({ DURATION: z.string().optional() }).optional(),
  disposition: z.object({ attached_pic: z.number() }).optional(),
});
const ProbeOutput = z.object({
  streams: z.array(ProbedStream),
  format: z.object({ format_name: z.string().optional(), duration: z.coerce.number().optional() }),
});

/** The contents of a media file, as ffprobe reports them. */
export interface ProbedFile {
  readonly video: {
    readonly codec: string;
    readonly profile: string | null;
    readonly pixelFormat: string | null;
    readonly width: number | null;
    readonly height: number | null;
  } | null;
  readonly audio: {
    readonly codec: string;
    readonly profile: string | null;
    /** Of this stream, which may end before the file; null when the file does not state it. */
    readonly durationSeconds: number | null;
  } | null;
  /** Of the file as ffprobe reports it; for a part of a file it may be an estimate. */
  readonly durationSeconds: number | null;
  /** True when the container states the duration (MP4, Matroska), so that the first bytes of a file reveal it. */
  readonly hasOwnDuration: boolean;
}

/**
 * Reads the output of `ffprobe -show_format -show_streams -of json`.
 *
 * @returns null when it does not describe a file.
 */
export function parseProbe(text: string): ProbedFile | null {
  const parsed = ProbeOutput.safeParse(JSON.parse(text));
  return parsed.success ? probedFile(parsed.data) : null;
}

function probedFile({ streams, format }: z.infer<typeof ProbeOutput>): ProbedFile {
  const video = streams.find((stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1);
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  return {
    video: video ? videoStream(video) : null,
    audio: audio ? audioStream(audio) : null,
    durationSeconds: format.duration ?? null,
    hasOwnDuration: /mp4|matroska/.test(format.format_name ?? ''),
  };
}

function videoStream(stream: z.infer<typeof ProbedStream>): ProbedFile['video'] {
  return {
    codec: stream.codec_name ?? '',
    profile: stream.profile ?? null,
    pixelFormat: stream.pix_fmt ?? null,
    width: stream.width ?? null,
    height: stream.height ?? null,
  };
}

function audioStream(stream: z.infer<typeof ProbedStream>): ProbedFile['audio'] {
  return {
    codec: stream.codec_name ?? '',
    profile: stream.profile ?? null,
    durationSeconds: streamDuration(stream),
  };
}

function streamDuration({ duration, tags }: z.infer<typeof ProbedStream>): number | null {
  if (duration !== undefined) return duration;
  const [hours, minutes, seconds] = tags?.DURATION?.split(':').map(Number) ?? [];
  const total = (hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
  return total > 0 ? total : null;
}
