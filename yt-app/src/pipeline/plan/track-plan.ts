import { nominalHeight } from '../limits/picture-size.ts';
import {
  continuationOf,
  expectedBytes,
  isStreamable,
  listedSeconds,
  type Continuation,
  type SourceFormat,
} from '../source/source-format.ts';
import { audioCopyability, videoCopyability, type Copyability } from './copyability.ts';

/** One rendition to make from a track. */
export interface RenditionPlan {
  /** File name stem, unique in the item: `v1080`, `video`, `audio`. */
  readonly name: string;
  readonly kind: 'video' | 'audio';
  /** `unknown`: the first bytes of the download decide. */
  readonly handling: 'copied' | 'encoded' | 'unknown';
  /** Nominal: the shorter side of the picture. */
  readonly height: number | null;
}

/** One format of the source on its way into the library. */
export interface TrackPlan {
  readonly name: string;
  readonly formatId: string;
  /** `piped`: yt-dlp writes directly into ffmpeg. `inspected`: the first bytes decide how it reaches ffmpeg. */
  readonly delivery: 'piped' | 'inspected';
  readonly continuation: Continuation;
  /** Keep the time stamps of the source, because another track has to stay in step with this one. */
  readonly keepTimestamps: boolean;
  readonly renditions: readonly RenditionPlan[];
  /** The item is playable when every primary track has its first segments. The other tracks join when the item is verified. */
  readonly primary: boolean;
  readonly estimatedBytes: number | null;
  /** Of this format, by its list of fragments. */
  readonly durationSeconds: number | null;
  /** Average bit rate as announced, for the master playlist. */
  readonly bitsPerSecond: number | null;
}

export interface TrackChoices {
  readonly primary: boolean;
  readonly keepTimestamps: boolean;
  /** Of the source; null when unknown. */
  readonly durationSeconds: number | null;
}

export function planTrack(
  format: SourceFormat,
  renditions: RenditionPlan[],
  { primary, keepTimestamps, durationSeconds }: TrackChoices,
): TrackPlan {
  const isKnown = renditions.every((rendition) => rendition.handling !== 'unknown');
  return {
    name: renditions[0]?.name ?? format.format_id,
    formatId: format.format_id,
    delivery: isKnown && isStreamable(format) ? 'piped' : 'inspected',
    continuation: continuationOf(format),
    keepTimestamps,
    renditions,
    primary,
    estimatedBytes: expectedBytes(format, durationSeconds),
    durationSeconds: listedSeconds(format),
    bitsPerSecond: format.tbr ? Math.round(format.tbr * 1000) : null,
  };
}

export function videoRendition(format: SourceFormat): RenditionPlan {
  const height = nominalHeight(format);
  return {
    name: height === null ? 'video' : `v${height}`,
    kind: 'video',
    handling: handlingOf(videoCopyability(format.vcodec)),
    height,
  };
}

export function audioRendition(format: SourceFormat): RenditionPlan {
  return { name: 'audio', kind: 'audio', handling: handlingOf(audioCopyability(format.acodec)), height: null };
}

function handlingOf(copyability: Copyability): RenditionPlan['handling'] {
  return copyability === 'yes' ? 'copied' : copyability === 'no' ? 'encoded' : 'unknown';
}
