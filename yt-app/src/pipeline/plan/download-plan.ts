import { Problem, type MediaType, type Quality, type WorkLimits } from '@linkcast/contracts';
import { pictureLimit } from '../limits/picture-size.ts';
import { isRelayable, type SourceFormat } from '../source/source-format.ts';
import { toDate } from '../source/source-date.ts';
import { isLive, sourceDuration, type SourceInfo } from '../source/source-info.ts';
import type { TrackPlan } from './track-plan.ts';
import { selectAudioTracks, selectVideoTracks } from './track-selection.ts';

/** The formats to download, and what to make of them. */
export interface DownloadPlan {
  readonly tracks: readonly TrackPlan[];
  /** True for an audio request: an `audio.mp3` is made, too. */
  readonly withMp3: boolean;
  readonly durationSeconds: number | null;
  readonly estimatedBytes: number | null;
  /** True for a live source: one track, without an end. */
  readonly isLive: boolean;
}

/**
 * Decides which formats are downloaded, and how. Pure: the same information gives the same plan.
 *
 * @throws {Problem} source-upcoming, source-live, source-drm, source-unsupported, too-long, too-large.
 */
export function planDownload(
  info: SourceInfo,
  request: { type: MediaType; quality: Quality; nameSuffix?: string | undefined },
  limits: WorkLimits,
): DownloadPlan {
  refuseNotBegun(info);
  if (isLive(info)) return planRecording(info, request, limits);
  const durationSeconds = sourceDuration(info);
  if (durationSeconds !== null && durationSeconds > limits.maxDurationSeconds)
    throw new Problem('too-long', { limit: { kind: 'duration', seconds: limits.maxDurationSeconds } });
  const tracks = selectTracks(usableFormats(info), request, { limits, durationSeconds }).map((track) =>
    withSuffix(track, request.nameSuffix ?? ''),
  );
  const estimatedBytes = sumOrNull(tracks.map((track) => track.estimatedBytes));
  if (estimatedBytes !== null && estimatedBytes > limits.maxBytes)
    throw new Problem('too-large', { limit: { kind: 'size', bytes: limits.maxBytes } });
  return { tracks, withMp3: request.type === 'audio', durationSeconds, estimatedBytes, isLive: false };
}

/** The plan for the log: each rendition with its handling. */
export function describePlan({ tracks, durationSeconds, estimatedBytes }: DownloadPlan): object {
  const renditions = tracks.flatMap((track) => track.renditions.map(({ name, handling }) => `${name} ${handling}`));
  return { renditions, durationSeconds, estimatedBytes };
}

/** The estimated size in whole bytes: estimates of a source are products of bit rate and duration. */
export function estimateOf({ estimatedBytes }: DownloadPlan): number | null {
  return estimatedBytes === null ? null : Math.ceil(estimatedBytes);
}

/** @throws {Problem} source-upcoming; source-live for a broadcast that has ended, and that the site has yet to make a video of. */
function refuseNotBegun({ live_status: status, release_timestamp: begin }: SourceInfo): void {
  const startsAt = toDate(begin);
  if (status === 'is_upcoming') throw new Problem('source-upcoming', startsAt === null ? {} : { startsAt });
  if (status === 'post_live') throw new Problem('source-live');
}

/** @throws {Problem} source-live when no format can be relayed: picture and sound apart, or no playlist. */
function planRecording(
  info: SourceInfo,
  request: { type: MediaType; quality: Quality },
  limits: WorkLimits,
): DownloadPlan {
  const formats = usableFormats(info).filter(isRelayable);
  if (formats.length === 0) throw new Problem('source-live');
  const unknown = { durationSeconds: null, estimatedBytes: null };
  const [track] = selectTracks(formats, request, { limits, durationSeconds: null });
  if (!track) throw new Problem('source-live');
  const recorded = { ...track, ...unknown, keepTimestamps: false, continuation: 'none' } as const;
  return { tracks: [recorded], withMp3: request.type === 'audio', ...unknown, isLive: true };
}

/** Formats with a picture or sound and without DRM. */
function usableFormats(info: SourceInfo): SourceFormat[] {
  const media = info.formats.filter(
    (format) => format.ext !== 'mhtml' && !(format.vcodec === 'none' && format.acodec === 'none'),
  );
  const usable = media.filter((format) => format.has_drm !== true);
  if (usable.length > 0) return usable;
  throw new Problem(media.length > 0 || info._has_drm ? 'source-drm' : 'source-unsupported');
}

function selectTracks(
  formats: SourceFormat[],
  { type, quality }: { type: MediaType; quality: Quality },
  { limits, durationSeconds }: { limits: WorkLimits; durationSeconds: number | null },
): TrackPlan[] {
  if (type === 'audio') return selectAudioTracks(formats, durationSeconds);
  const maxHeight = Math.min(limits.maxHeight, qualityHeight(quality));
  return selectVideoTracks(formats, { maxHeight, largest: pictureLimit(limits.maxHeight) }, durationSeconds);
}

/** The largest nominal height of a quality. */
export function qualityHeight(quality: Quality): number {
  return quality === 'best' ? Number.POSITIVE_INFINITY : Number.parseInt(quality, 10);
}

function withSuffix({ renditions, ...track }: TrackPlan, suffix: string): TrackPlan {
  const named = <Named extends { readonly name: string }>(one: Named): Named => ({
    ...one,
    name: `${one.name}${suffix}`,
  });
  return { ...named(track), renditions: renditions.map(named) };
}

/** The sum; null when one of the values is unknown. */
export function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
