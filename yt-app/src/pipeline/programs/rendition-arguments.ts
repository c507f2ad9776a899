import path from 'node:path';
import type { RenditionOutput } from '../hls/rendition-publisher.ts';
import type { FfmpegEnd } from './command-line.ts';
import { threadOptions } from './limited-ffmpeg.ts';
import { pictureLimit } from '../limits/picture-size.ts';

/** Length of the pieces that ffmpeg writes; with copied video they end at the next key frame. */
const SEGMENT_SECONDS = 2;
/**
 * Pictures that are decoded out of order begin with negative decode times. Each output would be moved until it has none,
 * by itself, and the picture would come after its sound; the edit list says the same without moving anything.
 */
const IN_STEP = ['-avoid_negative_ts', 'disabled'];
const COPIED_VIDEO = ['-c:v', 'copy'];
/** Fragments of 10 s at most, so that a segment can be cut where key frames are far apart. In microseconds. */
const CUTTABLE = ['-hls_segment_options', 'frag_duration=10000000'];
/** AAC from MPEG-TS comes with ADTS headers; what has none passes the filter as it is. */
const COPIED_AUDIO = ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'];
const ENCODED_AUDIO = ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'];

/** Tags of the MP3; none of them is ever read as an option, because each is written as `name=value`. */
export interface Mp3Tags {
  readonly title: string;
  readonly artist: string | null;
}

/** Every MP3 of ours is alike, so that the station sends them as they are: nothing is encoded twice. */
const MP3_FORMAT = ['-c:a', 'libmp3lame', '-b:a', '192k', '-ar', '44100', '-ac', '2'];
/** EBU R 128 in one pass: -16 LUFS, as podcasts and streams use, true peak -1.5 dBTP. */
const MP3_LOUDNESS = ['-af', 'loudnorm=I=-16:TP=-1.5:LRA=11'];

/**
 * One fragmented MP4 and its private byte-range playlist. The file is written where players read it; the playlist
 * elsewhere, because ffmpeg ends it with ENDLIST even when it is stopped.
 */
export function renditionOutput(
  rendition: RenditionOutput,
  where: { mediaDirectory: string; workDirectory: string; maxHeight: number },
): FfmpegEnd {
  const isVideo = rendition.kind === 'video';
  const copied = isVideo ? COPIED_VIDEO : COPIED_AUDIO;
  const encoded = isVideo ? encodedVideo(where.maxHeight) : ENCODED_AUDIO;
  return {
    target: path.join(where.workDirectory, `${rendition.name}.m3u8`),
    options: [
      ...['-map', isVideo ? '0:V:0' : '0:a:0', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...(rendition.handling === 'copied' ? copied : encoded),
      ...IN_STEP,
      ...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_list_size', '0', '-hls_playlist_type', 'event'],
      ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file+independent_segments'],
      ...(isVideo && rendition.handling === 'copied' ? CUTTABLE : []),
      ...['-hls_segment_filename', path.join(where.mediaDirectory, `${rendition.name}.mp4`)],
    ],
  };
}

/** The MP3 of a `/da`, tagged; input 1 is the cover. */
export function mp3Output(file: string, tags: Mp3Tags): FfmpegEnd {
  const cover = [
    '-map',
    '1:v:0',
    '-c:v',
    'copy',
    '-disposition:v',
    'attached_pic',
    '-metadata:s:v',
    'title=Cover',
    '-metadata:s:v',
    'comment=Cover (front)',
  ];
  return {
    target: file,
    options: [
      ...['-map', '0:a:0', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...MP3_FORMAT,
      ...MP3_LOUDNESS,
      ...cover,
      ...['-metadata', `title=${tags.title}`],
      ...(tags.artist === null ? [] : ['-metadata', `artist=${tags.artist}`]),
      ...['-id3v2_version', '3', '-f', 'mp3'],
    ],
  };
}

/** H.264 High, 8 bit, its shorter side never longer than the limit, a key frame at each segment's start. */
function encodedVideo(maxHeight: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-vf', scaleWithin(maxHeight)],
    ...threadOptions(pictureLimit(maxHeight)),
    // Counted from the last one, because time stamps that are kept may begin anywhere.
    ...['-force_key_frames', `expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+${SEGMENT_SECONDS}))`],
    ...['-fpsmax', '60', '-maxrate', '8M', '-bufsize', '16M'], // of what has no even rate, ffmpeg would make 1000 frames a second
  ];
}

/** Makes the shorter side even and bounds it; the longer one (-2) follows in proportion. Rotated pictures are upright here. */
function scaleWithin(maxHeight: number): string {
  const isPortrait = 'lt(iw,ih)';
  const bounded = (side: string): string => `min(${maxHeight},trunc(${side}/2)*2)`;
  return `scale=w='if(${isPortrait},${bounded('iw')},-2)':h='if(${isPortrait},-2,${bounded('ih')})'`;
}
