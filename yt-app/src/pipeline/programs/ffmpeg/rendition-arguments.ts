import path from 'node:path';
import type { ChosenRendition, RenditionLocation } from '../../hls/rendition-publisher.ts';
import { pictureLimit } from '../../limits/picture-size.ts';
import type { FfmpegEnd } from '../command-line.ts';
import { threadOptions } from './picture-limited-ffmpeg.ts';

/** Length of the segments that ffmpeg writes; those of copied video end at the next key frame. */
const SEGMENT_SECONDS = 2;
/**
 * Frames that are decoded out of order begin with negative decode times. ffmpeg would move each output until it has none,
 * and the picture would come after its sound. The edit list expresses the same without moving anything.
 */
const IN_STEP = ['-avoid_negative_ts', 'disabled'];
const COPIED_VIDEO = ['-c:v', 'copy'];
/** Fragments of 10 s at most, so that a segment can be cut where key frames are far apart. In microseconds. */
const CUTTABLE = ['-hls_segment_options', 'frag_duration=10000000'];
/** AAC from MPEG-TS has ADTS headers. The filter passes other AAC unchanged. */
const COPIED_AUDIO = ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'];
const ENCODED_AUDIO = ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'];

/**
 * One fragmented MP4 and its byte-range playlist. The MP4 is written where players read it, the playlist elsewhere, because
 * ffmpeg ends it with ENDLIST even when it is stopped.
 */
export function renditionOutput(
  { name, kind, handling }: ChosenRendition,
  { mediaDirectory, workDirectory, maxHeight }: RenditionLocation,
): FfmpegEnd {
  const isVideo = kind === 'video';
  const copied = isVideo ? COPIED_VIDEO : COPIED_AUDIO;
  const encoded = isVideo ? encodedVideo(maxHeight) : ENCODED_AUDIO;
  return {
    target: path.join(workDirectory, `${name}.m3u8`),
    options: [
      ...['-map', isVideo ? '0:V:0' : '0:a:0', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...(handling === 'copied' ? copied : encoded),
      ...IN_STEP,
      ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', '0', '-hls_playlist_type', 'event'],
      ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file+independent_segments'],
      ...(isVideo && handling === 'copied' ? CUTTABLE : []),
      ...['-hls_segment_filename', path.join(mediaDirectory, `${name}.mp4`)],
    ],
  };
}

/** H.264 High, 8 bit, the shorter side within the limit, a key frame at the start of each segment. */
function encodedVideo(maxHeight: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-vf', scaleWithin(maxHeight)],
    ...threadOptions(pictureLimit(maxHeight)),
    // Relative to the previous key frame, because preserved time stamps may begin at any value.
    ...['-force_key_frames', `expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+${SEGMENT_SECONDS}))`],
    // Without -fpsmax, ffmpeg makes 1000 frames per second of a variable frame rate.
    ...['-fpsmax', '60', '-maxrate', '8M', '-bufsize', '16M'],
  ];
}

/** Makes the shorter side even and limits it; the longer one (-2) follows in proportion. Rotation is applied before. */
function scaleWithin(maxHeight: number): string {
  const isPortrait = 'lt(iw,ih)';
  const bounded = (side: string): string => `min(${maxHeight},trunc(${side}/2)*2)`;
  return `scale=w='if(${isPortrait},${bounded('iw')},-2)':h='if(${isPortrait},-2,${bounded('ih')})'`;
}
