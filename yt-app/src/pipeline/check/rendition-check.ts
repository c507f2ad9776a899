import path from 'node:path';
import { Problem } from '@linkcast/contracts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { Segment } from '../hls/segment.ts';
import { joinRanges, type TimeRange } from './damage.ts';
import { withTimes, type TimedSegment } from './timed-segments.ts';
import { scanRendition, type RenditionScan, type SuspectPacket } from './rendition-scan.ts';
import { findUndecodable, type DecodedFile, type DecodingContext } from './segment-decoding.ts';

/** The result for one rendition. */
export interface RenditionCheck {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The parts that cannot be played. */
  readonly damage: readonly TimeRange[];
}

/** Segments whose key frames are decoded: the first, one in the middle, the last. Each costs 30 ms of a processor, the start of ffmpeg 110 ms. */
const SAMPLED_SEGMENTS = 3;
/** Segments with suspect packets that are decoded as a whole. */
const MAX_CONFIRMED = 40;
const MAX_RUNS = 100;

/**
 * Checks a whole rendition: the boxes and the form of every packet, by reading it once; the key frames of some segments and
 * everything in suspect ones, by decoding.
 *
 * @throws {Problem} verification-failed when the file is not what ffmpeg has written: the fault is on our side.
 */
export async function checkRendition(
  { rendition, segments }: Pick<RenditionPublisher, 'rendition' | 'segments'>,
  context: DecodingContext,
): Promise<RenditionCheck> {
  const { name, kind } = rendition;
  const [first] = segments;
  if (!first || !areContiguous(segments)) throw new Problem('verification-failed');
  const init = { offset: 0, length: first.offset };
  const scan = await scanRendition(path.join(context.mediaDirectory, `${name}.mp4`), init, context.signal);
  const end = segments.at(-1);
  if (!scan.isContainerWhole || end === undefined || end.offset + end.length !== scan.bytes)
    throw new Problem('verification-failed');
  const timed = withTimes(segments);
  const decoded = { file: `${name}.mp4`, kind, init };
  const suspect = await confirmSuspects(decoded, { timed, scan }, context);
  const doubtful = new Set(suspect.segments);
  const sampled = spread(timed, SAMPLED_SEGMENTS).filter((segment) => !doubtful.has(segment));
  const broken = await findBroken(decoded, sampled, context);
  return { name, bytes: scan.bytes, sha256: scan.sha256, damage: joinRanges([...suspect.damage, ...broken]) };
}

/** Some encoders write what a strict decoder refuses: when most of a rendition is so, only what nobody can decode counts. */
async function findBroken(
  decoded: DecodedFile,
  sampled: readonly TimedSegment[],
  context: DecodingContext,
): Promise<readonly TimedSegment[]> {
  const options = { depth: 'key-frames', isStrict: true, maxRuns: MAX_RUNS } as const;
  const broken = await findUndecodable(decoded, sampled, options, context);
  if (broken.length * 2 <= sampled.length) return broken;
  return findUndecodable(decoded, broken, { ...options, isStrict: false }, context);
}

/** Decodes the segments with suspect packets. Those that can be decoded are in order: encoders may know more than the check. */
async function confirmSuspects(
  decoded: DecodedFile,
  { timed, scan }: { timed: readonly TimedSegment[]; scan: RenditionScan },
  context: DecodingContext,
): Promise<{ segments: readonly TimedSegment[]; damage: readonly TimeRange[] }> {
  const packets = packetsBySegment(timed, scan.suspects);
  const segments = [...packets.keys()];
  const tried = spread(segments, MAX_CONFIRMED);
  const options = { depth: 'everything', isStrict: true, maxRuns: MAX_RUNS } as const;
  const broken = new Set(await findUndecodable(decoded, tried, options, context));
  if (broken.size === 0) return { segments, damage: [] };
  const cleared = new Set(tried.filter((segment) => !broken.has(segment)));
  const damage = segments
    .filter((segment) => !cleared.has(segment))
    .flatMap((segment) => damageWithin(segment, packets.get(segment) ?? [], { ...decoded, ...scan }));
  return { segments, damage };
}

function packetsBySegment(
  timed: readonly TimedSegment[],
  suspects: readonly SuspectPacket[],
): Map<TimedSegment, SuspectPacket[]> {
  const found = new Map<TimedSegment, SuspectPacket[]>();
  let index = 0;
  for (const packet of suspects) {
    while (index < timed.length && endOf(timed[index]) <= packet.offset) index += 1;
    const segment = timed[index];
    if (segment) found.set(segment, [...(found.get(segment) ?? []), packet]);
  }
  return found;
}

function endOf(segment: Segment | undefined): number {
  return segment ? segment.offset + segment.length : Number.POSITIVE_INFINITY;
}

/** A damaged picture is wrong until the next key frame, which begins the next segment at the latest. */
function damageWithin(
  segment: TimedSegment,
  packets: readonly SuspectPacket[],
  { kind, beginSeconds }: Pick<DecodedFile, 'kind'> & Pick<RenditionScan, 'beginSeconds'>,
): TimeRange[] {
  const ranges = packets.map(({ from, to }) => ({ from: from - beginSeconds, to: to - beginSeconds }));
  if (kind === 'audio') return joinRanges(ranges);
  const begin = ranges.reduce((least, { from }) => Math.min(least, from), segment.to);
  return [{ from: Math.max(begin, segment.from), to: segment.to }];
}

/** So many of the values, the first and the last among them. */
function spread<Value>(values: readonly Value[], count: number): Value[] {
  if (values.length <= count) return [...values];
  const step = (values.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => values[Math.round(index * step)]).filter(
    (value) => value !== undefined,
  );
}

function areContiguous(segments: readonly Segment[]): boolean {
  return segments.every((segment, index) => index === 0 || endOf(segments[index - 1]) === segment.offset);
}
