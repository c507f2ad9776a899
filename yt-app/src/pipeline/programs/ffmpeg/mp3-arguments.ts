import type { FfmpegEnd } from '../command-line.ts';

/** Tags of the MP3. None can be read as an option, because each is written as `name=value`. */
export interface Mp3Tags {
  readonly title: string;
  readonly artist: string | null;
}

/** All MP3s have the same format, so that the station sends them unchanged. */
export const MP3_BYTES_PER_SECOND = 192_000 / 8;
const FORMAT = ['-c:a', 'libmp3lame', '-b:a', '192k', '-ar', '44100', '-ac', '2'];
/** EBU R 128 in one pass: -16 LUFS, as podcasts and streams use, true peak -1.5 dBTP. */
const LOUDNESS = ['-af', 'loudnorm=I=-16:TP=-1.5:LRA=11'];
const COVER = [
  ...['-map', '1:v:0', '-c:v', 'copy', '-disposition:v', 'attached_pic'],
  ...['-metadata:s:v', 'title=Cover', '-metadata:s:v', 'comment=Cover (front)'],
];

/** The MP3 of an audio request, tagged; input 1 is the cover. */
export function mp3Output(file: string, tags: Mp3Tags): FfmpegEnd {
  return {
    target: file,
    options: [
      ...['-map', '0:a:0', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...FORMAT,
      ...LOUDNESS,
      ...COVER,
      ...['-metadata', `title=${tags.title}`],
      ...(tags.artist === null ? [] : ['-metadata', `artist=${tags.artist}`]),
      ...['-id3v2_version', '3', '-f', 'mp3'],
    ],
  };
}
