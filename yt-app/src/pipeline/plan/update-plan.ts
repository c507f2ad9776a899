import { Problem, type Quality, type Rendition } from '@linkcast/contracts';
import { qualityHeight, sumOrNull, type DownloadPlan } from './download-plan.ts';
import type { RenditionPlan, TrackPlan } from './track-plan.ts';

type Has = Pick<Rendition, 'kind' | 'height'>;

/** The renditions of an item that is to get a better picture. */
export interface PresentRenditions {
  readonly whole: readonly Has[];
  /** Those whose files are missing or damaged. */
  readonly lost: readonly Has[];
}

/**
 * Leaves the tracks of a plan that an item does not have: the picture when it is higher than those of the item up to the quality, the sound when the
 * item has none, and what was lost.
 *
 * @throws {Problem} source-not-better.
 */
export function planUpdate(plan: DownloadPlan, present: PresentRenditions, quality: Quality): DownloadPlan {
  const tracks = plan.tracks.flatMap((track): TrackPlan[] => {
    const renditions = track.renditions.filter((rendition) => isNeeded(rendition, track, present, quality));
    return renditions.length === 0 ? [] : [{ ...track, renditions, primary: true }];
  });
  if (tracks.length === 0) throw new Problem('source-not-better');
  return { ...plan, tracks, estimatedBytes: sumOrNull(tracks.map((track) => track.estimatedBytes)) };
}

function isNeeded(
  { kind, height }: RenditionPlan,
  { primary }: TrackPlan,
  { whole, lost }: PresentRenditions,
  quality: Quality,
): boolean {
  if (kind === 'audio') return !whole.some((each) => each.kind === 'audio');
  const heights = whole.flatMap((each) => (each.kind === 'video' ? (each.height ?? 0) : []));
  if (heights.length === 0) return primary;
  if (height === null || heights.includes(height)) return false; // a picture of unknown height counts as no better
  if (!primary) return lost.some((each) => each.height === height);
  const limit = qualityHeight(quality);
  return height > Math.max(0, ...heights.filter((each) => each <= limit));
}
