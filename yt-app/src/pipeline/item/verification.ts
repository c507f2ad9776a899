import path from 'node:path';
import { Problem, type MediaDamage } from '@linkcast/contracts';
import type { FileDigest } from '@linkcast/kit';
import { describeDamage, isAcceptable } from '../check/damage.ts';
import { checkRendition, type RenditionCheck } from '../check/rendition-check.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { DownloadedTrack } from '../tracks/track.ts';
import { expectedSeconds, refuseTooShort } from './expected-duration.ts';
import { longestSeconds } from './growing-item.ts';

export interface MadeItem {
  readonly tracks: readonly DownloadedTrack[];
  /** True when an `audio.mp3` was made, too. */
  readonly withMp3: boolean;
  /** As the page of the source states; null when it does not. */
  readonly promisedSeconds: number | null;
}

export interface Verification {
  /** Of the longest track; null when nothing states them. */
  readonly expectedSeconds: number | null;
  /** The part of the item that cannot be played, which is small; null when all can be played. */
  readonly damage: MediaDamage | null;
  /** Of the media files of the renditions, by the file's name. */
  readonly digests: ReadonlyMap<string, FileDigest>;
}

export type VerificationContext = Pick<PipelineRun, 'mediaDirectory' | 'workDirectory' | 'ffmpeg' | 'signal'>;

/**
 * Checks the files of an item before it becomes ready. The exit code 0 of its programs proves nothing.
 *
 * @throws {Problem} source-truncated when it is shorter than expected, source-damaged when too much of it cannot be played,
 * verification-failed when its files are inconsistent.
 */
export async function verifyItem(
  context: VerificationContext,
  { tracks, withMp3, promisedSeconds }: MadeItem,
): Promise<Verification> {
  const publishers = tracks.flatMap((track) => track.publishers);
  if (publishers.length === 0) throw new Problem('verification-failed');
  const checks = await Promise.all(publishers.map((publisher) => checkRendition(publisher, context)));
  const expected = tracks.map((track) => expectedSeconds(track, promisedSeconds));
  // In one file, the sound may end before the picture: the longer of the two shows that the file is whole.
  for (const [index, track] of tracks.entries())
    refuseTooShort(longestSeconds(track.publishers), expected[index] ?? null);
  const damage = acceptableDamage(checks, longestSeconds(publishers));
  const longest = longestOf(expected);
  if (withMp3) {
    // Made of the same bytes as the rendition, whose sound may be shorter than the promised picture.
    const ofMp3 = longest === null ? null : Math.min(longest, longestSeconds(publishers));
    await verifyMp3(path.join(context.mediaDirectory, 'audio.mp3'), context, ofMp3);
  }
  const digests = new Map(checks.map(({ name, bytes, sha256 }) => [`${name}.mp4`, { bytes, sha256 }]));
  return { expectedSeconds: longest, damage, digests };
}

/** @throws {Problem} source-damaged. */
function acceptableDamage(checks: readonly RenditionCheck[], itemSeconds: number): MediaDamage | null {
  const damage = describeDamage(checks.flatMap((check) => check.damage));
  if (damage === null || isAcceptable(damage, itemSeconds)) return damage;
  throw new Problem('source-damaged', { damagedSeconds: damage.seconds ?? 0 });
}

function longestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((most, value) => Math.max(most, value)) : null;
}

async function verifyMp3(
  file: string,
  { ffmpeg, signal }: VerificationContext,
  expected: number | null,
): Promise<void> {
  const probed = await ffmpeg.probe(file, signal);
  if (probed?.audio?.codec !== 'mp3') throw new Problem('verification-failed');
  refuseTooShort(probed.durationSeconds ?? 0, expected);
}
