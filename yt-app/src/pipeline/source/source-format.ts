import { z } from 'zod';

const text = z.string().nullish();
const number = z.number().nullish();

/** The fields of one format in yt-dlp's info JSON that the pipeline reads. Others are dropped. */
export const SourceFormat = z.object({
  format_id: z.string(),
  ext: text,
  container: text,
  protocol: text,
  /** `none`: no such stream. Null: unknown. */
  vcodec: text,
  acodec: text,
  width: number,
  height: number,
  fps: number,
  /** Average bit rate, kbit/s. */
  tbr: number,
  filesize: number,
  filesize_approx: number,
  language_preference: number,
  has_drm: z.union([z.boolean(), z.string()]).nullish(),
  fragments: z.array(z.object({ duration: number })).nullish(),
});
export type SourceFormat = z.infer<typeof SourceFormat>;

/**
 * Seconds of a format by its list of fragments. The sound of a source may be shorter than its picture.
 *
 * @returns null when the format has no list, or the list is incomplete.
 */
export function listedSeconds({ fragments }: SourceFormat): number | null {
  // The first may be the initialisation section, which has no duration. Any other without one makes the sum unknown.
  const lengths = (fragments ?? []).map(({ duration }, index) => duration ?? (index === 0 ? 0 : Number.NaN));
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  return seconds > 0 ? seconds : null;
}

/** Bytes of a format as announced, else estimated from its bit rate; null when both are unknown. */
export function expectedBytes(format: SourceFormat, durationSeconds: number | null): number | null {
  const announced = format.filesize ?? format.filesize_approx;
  if (announced) return Math.round(announced);
  if (format.tbr && durationSeconds) return Math.round((format.tbr * 1000 * durationSeconds) / 8);
  return null;
}

const STREAMABLE_EXTENSIONS = new Set(['webm', 'mkv', 'ts', 'flv', 'mp3', 'ogg', 'opus', 'aac']);

/** True for a playlist of segments that has picture and sound together, or sound alone: what a live source is relayed from. */
export function isRelayable({ protocol, vcodec, acodec }: SourceFormat): boolean {
  return /^m3u8(_native)?$/.test(protocol ?? '') && (acodec !== 'none' || vcodec === 'none');
}

/** True when ffmpeg can certainly read the format from a pipe. A plain MP4 may have its index at the end. */
export function isStreamable(format: SourceFormat): boolean {
  const protocol = format.protocol ?? '';
  if (protocol.startsWith('m3u8') || protocol.includes('dash')) return true;
  return (format.container ?? '').endsWith('_dash') || STREAMABLE_EXTENSIONS.has(format.ext ?? '');
}

/** From where a download can go on: any byte of a file, any fragment of a list, or its beginning only. */
export type Continuation = 'byte' | 'fragment' | 'none';

export function continuationOf({ protocol, fragments }: SourceFormat): Continuation {
  if (fragments) return 'fragment';
  if (/^https?$/.test(protocol ?? '')) return 'byte';
  return /^m3u8(_native)?$/.test(protocol ?? '') ? 'fragment' : 'none';
}
