/** Can a stream be put into the library as it is, so that every browser plays it? */
export type Copyable = 'yes' | 'no' | 'unknown';

/**
 * H.264 profiles that every browser decodes, by profile_idc in hex (ITU-T H.264, A.2): Baseline, Main, Extended, High.
 * High 10, High 4:2:2 and High 4:4:4 are not among them.
 */
const PLAYABLE_H264_PROFILES = new Set(['42', '4d', '58', '64']);

/** Judges a codec string of yt-dlp, such as `avc1.64001f`, `vp9` or `none`. */
export function isCopyableVideo(codec: string | null | undefined): Copyable {
  if (!codec) return 'unknown';
  const match = /^avc[13]\.([0-9a-f]{2})/i.exec(codec);
  if (match) return PLAYABLE_H264_PROFILES.has((match[1] ?? '').toLowerCase()) ? 'yes' : 'no';
  return /^(avc|h264)/i.test(codec) ? 'unknown' : 'no';
}

/** AAC (object types 2, 5, 29) is copied; `mp4a.40.34` is MP3 in MP4 and is not. */
export function isCopyableAudio(codec: string | null | undefined): Copyable {
  if (!codec) return 'unknown';
  if (/^mp4a\.40\.(2|5|29)$/i.test(codec)) return 'yes';
  return /^(aac|mp4a)/i.test(codec) ? 'unknown' : 'no';
}

/** The same questions for what ffprobe found. */
export function isCopyableVideoStream(stream: {
  codec: string;
  profile: string | null;
  pixelFormat: string | null;
}): boolean {
  return stream.codec === 'h264' && (stream.pixelFormat === 'yuv420p' || stream.pixelFormat === 'yuvj420p');
}

export function isCopyableAudioStream(stream: { codec: string; profile: string | null }): boolean {
  return stream.codec === 'aac' && !/^(main|ssr|ltp|xhe)/i.test(stream.profile ?? '');
}
