import type { PlaylistState } from './media-playlist.ts';

/** A rendition as the master playlist describes it. */
export interface MasterEntry {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly codecs: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly peakBitsPerSecond: number;
  readonly averageBitsPerSecond: number;
  /** True when every segment begins with a key frame. */
  readonly isIndependent: boolean;
}

const AUDIO_GROUP = 'audio';

/** The master playlist (RFC 8216, 4.3.4). Audio is a rendition group of its own; without a video it is the only variant. */
export function renderMasterPlaylist(entries: readonly MasterEntry[], state: PlaylistState, isLive = false): string {
  const audio = entries.find((entry) => entry.kind === 'audio');
  const videos = entries
    .filter((entry) => entry.kind === 'video')
    .toSorted((a, b) => b.averageBitsPerSecond - a.averageBitsPerSecond);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    ...(entries.every((entry) => entry.isIndependent) ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    ...(state === 'growing' && !isLive ? ['#EXT-X-START:TIME-OFFSET=0,PRECISE=YES'] : []),
    ...(videos.length > 0 ? ladder(videos, audio) : audio ? variant(audio, undefined) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function ladder(videos: readonly MasterEntry[], audio: MasterEntry | undefined): string[] {
  const group = audio
    ? [
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${AUDIO_GROUP}",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,URI="${audio.name}.m3u8"`,
      ]
    : [];
  return [...group, ...videos.flatMap((video) => variant(video, audio))];
}

function variant(entry: MasterEntry, audio: MasterEntry | undefined): string[] {
  const attributes = [
    `BANDWIDTH=${entry.peakBitsPerSecond + (audio?.peakBitsPerSecond ?? 0)}`,
    `AVERAGE-BANDWIDTH=${entry.averageBitsPerSecond + (audio?.averageBitsPerSecond ?? 0)}`,
    ...(entry.width && entry.height ? [`RESOLUTION=${entry.width}x${entry.height}`] : []),
    `CODECS="${[entry.codecs, ...(audio ? [audio.codecs] : [])].join(',')}"`,
    ...(audio ? [`AUDIO="${AUDIO_GROUP}"`] : []),
  ];
  return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, `${entry.name}.m3u8`];
}
