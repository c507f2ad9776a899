import { Problem } from '@linkcast/contracts';
import { nominalHeight, pixelsOf, refuseTooManyPixels, type PictureLimit } from '../limits/picture-size.ts';
import type { SourceFormat } from '../source/source-format.ts';
import { bestAudio, bestVideo, smallerVideo, smallestVideo } from './format-choice.ts';
import { audioRendition, planTrack, videoRendition, type TrackPlan } from './track-plan.ts';

export interface VideoLimits {
  /** Nominal height up to which a format is preferred. */
  readonly maxHeight: number;
  /** Formats with a larger picture are refused. */
  readonly largest: PictureLimit;
}

/**
 * The tracks of a video: picture and sound apart with a smaller picture for slow lines, or one muxed track. A source
 * without a picture gives its sound.
 *
 * @throws {Problem} source-unsupported, too-large.
 */
export function selectVideoTracks(
  formats: SourceFormat[],
  { maxHeight, largest }: VideoLimits,
  durationSeconds: number | null,
): TrackPlan[] {
  const pictures = formats.filter((format) => format.vcodec !== 'none');
  if (pictures.length === 0) return selectAudioTracks(formats, durationSeconds);
  const candidates = withinHeight(withinPixels(pictures, largest), maxHeight);
  const best = bestVideo(candidates);
  if (!best) throw new Problem('source-unsupported');
  const audio = bestAudio(formats);
  const silent = audio ? candidates.filter((format) => format.acodec === 'none') : [];
  const separate = bestVideo(silent);
  if (!audio || !separate || isClearlyBetter(best, separate)) return [muxedTrack(best, durationSeconds)];

  const smaller = smallerVideo(silent, separate);
  const inStep = { keepTimestamps: true, durationSeconds };
  return [
    planTrack(separate, [videoRendition(separate)], { ...inStep, primary: true }),
    planTrack(audio, [audioRendition(audio)], { ...inStep, primary: true }),
    ...(smaller ? [planTrack(smaller, [videoRendition(smaller)], { ...inStep, primary: false })] : []),
  ];
}

/**
 * The one track of an audio request: the best sound alone, else the sound of the smallest video.
 *
 * @throws {Problem} source-unsupported.
 */
export function selectAudioTracks(formats: SourceFormat[], durationSeconds: number | null): TrackPlan[] {
  const audio = bestAudio(formats) ?? smallestVideo(formats.filter((format) => format.acodec !== 'none'));
  if (!audio) throw new Problem('source-unsupported');
  return [planTrack(audio, [audioRendition(audio)], { primary: true, keepTimestamps: false, durationSeconds })];
}

/** @throws {Problem} too-large when no picture is left. */
function withinPixels(pictures: SourceFormat[], largest: PictureLimit): SourceFormat[] {
  const fitting = pictures.filter((format) => pixelsOf(format) <= pixelsOf(largest));
  if (fitting.length === 0) pictures.forEach((format) => refuseTooManyPixels(format, largest));
  return fitting;
}

/** The smallest picture when all are too high; it is then scaled down. */
function withinHeight(pictures: SourceFormat[], maxHeight: number): SourceFormat[] {
  const fitting = pictures.filter((format) => (nominalHeight(format) ?? 0) <= maxHeight);
  if (fitting.length > 0) return fitting;
  const smallest = smallestVideo(pictures);
  return smallest ? [smallest] : [];
}

function isClearlyBetter(muxed: SourceFormat, separate: SourceFormat): boolean {
  return muxed.acodec !== 'none' && (nominalHeight(muxed) ?? 0) > (nominalHeight(separate) ?? 0);
}

function muxedTrack(format: SourceFormat, durationSeconds: number | null): TrackPlan {
  const renditions =
    format.acodec === 'none' ? [videoRendition(format)] : [videoRendition(format), audioRendition(format)];
  return planTrack(format, renditions, { primary: true, keepTimestamps: false, durationSeconds });
}
