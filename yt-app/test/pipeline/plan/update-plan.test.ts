import { isProblem, type Quality } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import type { DownloadPlan } from '../../../src/pipeline/plan/download-plan.ts';
import type { RenditionPlan, TrackPlan } from '../../../src/pipeline/plan/track-plan.ts';
import { planUpdate, type PresentRenditions } from '../../../src/pipeline/plan/update-plan.ts';

const AUDIO = { name: 'audio', kind: 'audio', handling: 'copied', height: null } as const;
const video = (height: number | null): RenditionPlan => ({
  ...{ name: `v${height}`, kind: 'video', handling: 'copied', height },
});
const track = (renditions: readonly RenditionPlan[], primary = true): TrackPlan => ({
  ...{ name: 'x', formatId: 'x', delivery: 'piped', continuation: 'none', keepTimestamps: true, renditions, primary },
  ...{ estimatedBytes: 5, durationSeconds: 10, bitsPerSecond: null },
});
const plan = (...tracks: TrackPlan[]): DownloadPlan => ({
  ...{ tracks, withMp3: false, durationSeconds: 10, estimatedBytes: 100, isLive: false },
});
const has = (...heights: number[]) => [
  ...heights.map((height) => ({ kind: 'video', height }) as const),
  { kind: 'audio', height: null } as const,
];

function needed(
  from: DownloadPlan,
  { whole = has(), lost = [], quality = 'best' }: Partial<PresentRenditions> & { quality?: Quality } = {},
): string[] | string {
  try {
    return planUpdate(from, { whole, lost }, quality).tracks.flatMap(({ renditions }) =>
      renditions.map(({ name }) => name),
    );
  } catch (error) {
    return isProblem(error) ? error.code : String(error);
  }
}

const SEPARATE = plan(track([video(720)]), track([AUDIO]), track([video(360)], false));
const MUXED = plan(track([video(720), AUDIO]));

test('a higher picture: is needed without the sound, and without a smaller one', () => {
  expect(needed(SEPARATE, { whole: has(480) })).toEqual(['v720']);
  expect(planUpdate(SEPARATE, { whole: has(480), lost: [] }, 'best').estimatedBytes).toBe(5);
});

test('a file with picture and sound: only its picture is made', () => {
  expect(needed(MUXED, { whole: has(360) })).toEqual(['v720']);
});

test('a lower or equal picture: is not better', () => {
  expect(needed(SEPARATE, { whole: has(1080) })).toBe('source-not-better');
  expect(needed(SEPARATE, { whole: has(720) })).toBe('source-not-better');
});

test('a lower picture, when a quality below that of the item is wanted: is needed', () => {
  expect(needed(plan(track([video(360)])), { whole: has(720), quality: '480p' })).toEqual(['v360']);
  expect(needed(plan(track([video(360)])), { whole: has(720, 480), quality: '480p' })).toBe('source-not-better');
});

test('a picture above the quality, because the source has no other: is not downloaded twice', () => {
  expect(needed(SEPARATE, { whole: has(720), quality: '480p' })).toBe('source-not-better');
});

test('a picture of unknown height: counts as no better', () => {
  expect(needed(plan(track([video(null), AUDIO])), { whole: has(360) })).toBe('source-not-better');
});

test('what was lost: is needed, also the smaller picture', () => {
  expect(needed(SEPARATE, { whole: [], lost: has(720, 360) })).toEqual(['v720', 'audio']);
  expect(needed(SEPARATE, { whole: has(720), lost: [{ kind: 'video', height: 360 }] })).toEqual(['v360']);
  expect(needed(SEPARATE, { whole: [{ kind: 'video', height: 720 }], lost: has() })).toEqual(['audio']);
});
