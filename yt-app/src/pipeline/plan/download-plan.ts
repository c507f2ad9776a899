import { Problem, type MediaType, type Quality, type WorkLimits } from '@linkcast/contracts';
import { isCopyableAudio, isCopyableVideo, type Copyable } from './codec-names.ts';
import { bestAudio, bestVideo, isStreamable, leastPicture, smallerRung } from './format-choice.ts';
import {
  nominalHeight,
  pictureLimit,
  pixelsOf,
  refuseTooManyPixels,
  type PictureLimit,
} from '../limits/picture-size.ts';
import {
  formatBytes,
  formatDuration,
  sourceDuration,
  type SourceFormat,
  type SourceInfo,
} from '../source/source-info.ts';

/** One rendition to make from a track. `unknown` handling is settled when the first bytes have been looked at. */
export interface RenditionPlan {
  /** File name stem, unique in the item: `v1080`, `video`, `audio`. */
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly handling: 'copied' | 'encoded' | 'unknown';
  /** Nominal: the shorter side of the picture. */
  readonly height: number | null;
}

/** One format of the source on its way into the library. */
export interface TrackPlan {
  readonly name: string;
  readonly formatId: string;
  /** `piped`: by descriptor, straight into ffmpeg. `inspected`: its first bytes decide what can be done with it. */
  readonly delivery: 'piped' | 'inspected';
  /** Keep the source's time stamps, because another track has to stay in step with this one. */
  readonly keepTimestamps: boolean;
  readonly renditions: readonly RenditionPlan[];
  /** The item is playable when every primary track has its first segments; others join when all is ready. */
  readonly primary: boolean;
  readonly estimatedBytes: number | null;
  /** Of this format by itself, when the source lists its pieces. */
  readonly durationSeconds: number | null;
  /** Average bits per second as announced, for the master playlist. */
  readonly bitsPerSecond: number | null;
}

export interface DownloadPlan {
  readonly tracks: readonly TrackPlan[];
  readonly withMp3: boolean;
  readonly durationSeconds: number | null;
  readonly estimatedBytes: number | null;
}

/**
 * Decides which formats are taken, and how. Pure: the same information gives the same plan.
 *
 * @throws {Problem} source-live, source-drm, source-unsupported, too-long, too-large.
 */
export function planDownload(
  info: SourceInfo,
  request: { type: MediaType; quality: Quality },
  limits: WorkLimits,
): DownloadPlan {
  refuseWhatHasNoEnd(info);
  const durationSeconds = sourceDuration(info);
  if (durationSeconds !== null && durationSeconds > limits.maxDurationSeconds) {
    throw new Problem('too-long', { limit: { kind: 'duration', seconds: limits.maxDurationSeconds } });
  }
  const formats = usableFormats(info);
  const maxHeight = Math.min(limits.maxHeight, qualityHeight(request.quality));
  const tracks =
    request.type === 'audio'
      ? planAudio(formats, durationSeconds)
      : planVideo(formats, { maxHeight, largest: pictureLimit(limits.maxHeight) }, durationSeconds);
  const estimatedBytes = sumOrNull(tracks.map((track) => track.estimatedBytes));
  if (estimatedBytes !== null && estimatedBytes > limits.maxBytes) {
    throw new Problem('too-large', { limit: { kind: 'size', bytes: limits.maxBytes } });
  }
  return { tracks, withMp3: request.type === 'audio', durationSeconds, estimatedBytes };
}

function refuseWhatHasNoEnd(info: SourceInfo): void {
  const status = info.live_status ?? '';
  if (info.is_live || ['is_live', 'is_upcoming', 'post_live'].includes(status)) throw new Problem('source-live');
}

function usableFormats(info: SourceInfo): SourceFormat[] {
  const formats = info.formats.filter(
    (format) => format.ext !== 'mhtml' && !(format.vcodec === 'none' && format.acodec === 'none'),
  );
  const open = formats.filter((format) => format.has_drm !== true);
  if (open.length > 0) return open;
  throw new Problem(formats.length > 0 || info._has_drm ? 'source-drm' : 'source-unsupported');
}

function planVideo(
  formats: SourceFormat[],
  { maxHeight, largest }: { maxHeight: number; largest: PictureLimit },
  durationSeconds: number | null,
): TrackPlan[] {
  const pictures = formats.filter((format) => format.vcodec !== 'none');
  if (pictures.length === 0) return planAudio(formats, durationSeconds); // a song sent as a video: better than nothing
  const withPicture = pictures.filter((format) => pixelsOf(format) <= pixelsOf(largest));
  if (withPicture.length === 0) pictures.forEach((format) => refuseTooManyPixels(format, largest));
  const fitting = withPicture.filter((format) => (nominalHeight(format) ?? 0) <= maxHeight);
  const candidates = fitting.length > 0 ? fitting : lowest(withPicture);
  const audio = bestAudio(formats);
  const alone = audio ? candidates.filter((format) => format.acodec === 'none') : [];
  const best = bestVideo(candidates);
  if (!best) throw new Problem('source-unsupported');
  const separate = bestVideo(alone);
  if (!audio || !separate || isClearlyBetter(best, separate)) return [muxedTrack(best, durationSeconds)];

  const smaller = smallerRung(alone, separate);
  const inStep = { keepTimestamps: true, durationSeconds };
  return [
    track(separate, [videoRendition(separate)], { ...inStep, primary: true }),
    track(audio, [audioRendition(audio)], { ...inStep, primary: true }),
    ...(smaller ? [track(smaller, [videoRendition(smaller)], { ...inStep, primary: false })] : []),
  ];
}

function planAudio(formats: SourceFormat[], durationSeconds: number | null): TrackPlan[] {
  const audio = bestAudio(formats) ?? leastPicture(formats.filter((format) => format.acodec !== 'none'));
  if (!audio) throw new Problem('source-unsupported');
  return [track(audio, [audioRendition(audio)], { primary: true, keepTimestamps: false, durationSeconds })];
}

function isClearlyBetter(muxed: SourceFormat, separate: SourceFormat): boolean {
  return muxed.acodec !== 'none' && (nominalHeight(muxed) ?? 0) > (nominalHeight(separate) ?? 0);
}

function lowest(formats: SourceFormat[]): SourceFormat[] {
  const least = leastPicture(formats);
  return least ? [least] : [];
}

function muxedTrack(format: SourceFormat, durationSeconds: number | null): TrackPlan {
  const renditions =
    format.acodec === 'none' ? [videoRendition(format)] : [videoRendition(format), audioRendition(format)];
  return track(format, renditions, { primary: true, keepTimestamps: false, durationSeconds });
}

function track(
  format: SourceFormat,
  renditions: RenditionPlan[],
  how: { primary: boolean; keepTimestamps: boolean; durationSeconds: number | null },
): TrackPlan {
  const isKnown = renditions.every((rendition) => rendition.handling !== 'unknown');
  return {
    name: renditions[0]?.name ?? format.format_id,
    formatId: format.format_id,
    delivery: isKnown && isStreamable(format) ? 'piped' : 'inspected',
    keepTimestamps: how.keepTimestamps,
    renditions,
    primary: how.primary,
    estimatedBytes: formatBytes(format, how.durationSeconds),
    durationSeconds: formatDuration(format),
    bitsPerSecond: format.tbr ? Math.round(format.tbr * 1000) : null,
  };
}

function videoRendition(format: SourceFormat): RenditionPlan {
  const height = nominalHeight(format);
  return {
    name: height === null ? 'video' : `v${height}`,
    kind: 'video',
    handling: handlingOf(isCopyableVideo(format.vcodec)),
    height,
  };
}

function audioRendition(format: SourceFormat): RenditionPlan {
  return { name: 'audio', kind: 'audio', handling: handlingOf(isCopyableAudio(format.acodec)), height: null };
}

function handlingOf(copyable: Copyable): RenditionPlan['handling'] {
  return copyable === 'yes' ? 'copied' : copyable === 'no' ? 'encoded' : 'unknown';
}

function qualityHeight(quality: Quality): number {
  return quality === 'best' ? Number.POSITIVE_INFINITY : Number.parseInt(quality, 10);
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
