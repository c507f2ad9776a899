/** `yes`: a stream goes into the library unchanged, because every browser plays its codec. `unknown`: its first bytes decide. */
export type Copyability = 'yes' | 'no' | 'unknown';

/**
 * H.264 profiles that every browser decodes, by profile_idc in hex (ITU-T H.264, A.2): Baseline, Main, Extended, High.
 * High 10, High 4:2:2 and High 4:4:4 are not among them.
 */
const PLAYABLE_H264_PROFILES = new Set(['42', '4d', '58', '64']);

/** @param codec as yt-dlp names it: `avc1.64001f`, `vp9`, `none`. */
export function videoCopyability(codec: string | null | undefined): Copyability {
  if (!codec) return 'unknown';
  const match = /^avc[13]\.([0-9a-f]{2})/i.exec(codec);
  if (match) return PLAYABLE_H264_PROFILES.has((match[1] ?? '').toLowerCase()) ? 'yes' : 'no';
  return /^(avc|h264)/i.test(codec) ? 'unknown' : 'no';
}

/**
 * AAC (object types 2, 5, 29) is copied; `mp4a.40.34` is MP3 in MP4 and is not.
 *
 * @param codec as yt-dlp names it: `mp4a.40.2`, `opus`, `none`.
 */
export function audioCopyability(codec: string | null | undefined): Copyability {
  if (!codec) return 'unknown';
  if (/^mp4a\.40\.(2|5|29)$/i.test(codec)) return 'yes';
  return /^(aac|mp4a)/i.test(codec) ? 'unknown' : 'no';
}

/** @param stream as ffprobe describes it. */
export function isCopyableVideoStream(stream: { codec: string; pixelFormat: string | null }): boolean {
  return stream.codec === 'h264' && (stream.pixelFormat === 'yuv420p' || stream.pixelFormat === 'yuvj420p');
}

/** @param stream as ffprobe describes it. */
export function isCopyableAudioStream(stream: { codec: string; profile: string | null }): boolean {
  return stream.codec === 'aac' && !/^(main|ssr|ltp|xhe)/i.test(stream.profile ?? '');
}
