import { z } from 'zod';

const ProbedStream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  duration: z.coerce.number().optional(),
  /** Matroska keeps the length of a stream here: `00:03:20.500000000`. */
  tags: z.object({ DURATION: z.string().optional() }).optional(),
  disposition: z.object({ attached_pic: z.number() }).optional(),
});
const ProbeOutput = z.object({
  streams: z.array(ProbedStream),
  format: z.object({ format_name: z.string().optional(), duration: z.coerce.number().optional() }),
});

/** What a media file holds, as ffprobe tells it. */
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
    /** Of this stream alone, which may end before the file does; null when the file does not say. */
    readonly durationSeconds: number | null;
  } | null;
  /** As ffprobe has it: of a part of a file it may be a guess. */
  readonly durationSeconds: number | null;
  /** Does the container itself say how long it is (MP4, Matroska), so that a part of the file tells as well? */
  readonly hasOwnDuration: boolean;
}

/**
 * Reads what `ffprobe -of json` printed about a file's format and streams.
 *
 * @returns null when it is no description of a file.
 */
export function parseProbe(text: string): ProbedFile | null {
  const parsed = ProbeOutput.safeParse(JSON.parse(text));
  return parsed.success ? describe(parsed.data) : null;
}

function describe(output: z.infer<typeof ProbeOutput>): ProbedFile {
  const video = output.streams.find(
    (stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1,
  );
  const audio = output.streams.find((stream) => stream.codec_type === 'audio');
  return {
    video: video
      ? {
          codec: video.codec_name ?? '',
          profile: video.profile ?? null,
          pixelFormat: video.pix_fmt ?? null,
          width: video.width ?? null,
          height: video.height ?? null,
        }
      : null,
    audio: audio
      ? { codec: audio.codec_name ?? '', profile: audio.profile ?? null, durationSeconds: streamDuration(audio) }
      : null,
    durationSeconds: output.format.duration ?? null,
    hasOwnDuration: /mp4|matroska/.test(output.format.format_name ?? ''),
  };
}

function streamDuration({ duration, tags }: z.infer<typeof ProbedStream>): number | null {
  if (duration !== undefined) return duration;
  const [hours, minutes, seconds] = tags?.DURATION?.split(':').map(Number) ?? [];
  const total = (hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
  return total > 0 ? total : null;
}
