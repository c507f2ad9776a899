import { Mark, MOST_MARKS } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { z } from 'zod';

/** The answer for a prefix: all videos whose hash begins with it. */
const Answer = z.array(z.unknown());
const Video = z.object({ videoID: z.string(), segments: z.array(z.unknown()) });
const Segment = z.object({
  category: Mark.shape.category,
  actionType: z.literal('skip'),
  segment: z.tuple([z.number(), z.number()]),
  /** Of the video when the segment was sent in; 0: unknown. */
  videoDuration: z.number().nonnegative().nullish(),
});
type Segment = z.infer<typeof Segment>;

/** Videos of one prefix: about 300 by the size of SponsorBlock's database. */
const MOST_VIDEOS = 5000;

/**
 * Reads the marks of one video out of an answer of SponsorBlock. What is not valid is left out.
 *
 * @param durationSeconds of the video.
 * @returns the marks in order; overlapping ones are joined, and have the category of the first.
 */
export function parseMarks(text: string, videoId: string, durationSeconds: number): Mark[] {
  const videos = Answer.safeParse(parseJson(text)).data ?? [];
  const found = videos.slice(0, MOST_VIDEOS).flatMap((each) => Video.safeParse(each).data ?? []);
  const segments = found.filter(({ videoID }) => videoID === videoId).flatMap((video) => video.segments);
  const marks = segments.flatMap((each) => {
    const segment = Segment.safeParse(each).data;
    return segment ? (markOf(segment, durationSeconds) ?? []) : [];
  });
  return joinOverlaps(marks).slice(0, MOST_MARKS);
}

function markOf(segment: Segment, durationSeconds: number): Mark | undefined {
  const [from, to] = segment.segment;
  const [start, end] = [from <= 1 && from >= 0 ? 0 : from, withinSecond(to, durationSeconds) ? durationSeconds : to];
  const isInside = start >= 0 && start < end && end <= durationSeconds;
  if (!isInside || isOfAnotherCut(segment, durationSeconds)) return undefined;
  return { start, end, category: segment.category };
}

function withinSecond(seconds: number, other: number): boolean {
  return Math.abs(seconds - other) <= 1;
}

/** The rule of yt-dlp (`postprocessor/sponsorblock.py`): a second is rounding; up to five are little beside a long segment. */
function isOfAnotherCut({ segment: [from, to], videoDuration }: Segment, durationSeconds: number): boolean {
  if (!videoDuration) return false;
  const difference = Math.abs(durationSeconds - videoDuration);
  return difference >= 1 && (difference >= 5 || difference / (to - from) >= 0.05);
}

function joinOverlaps(marks: readonly Mark[]): Mark[] {
  const joined: Mark[] = [];
  for (const mark of marks.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const last = joined.at(-1);
    if (last && mark.start < last.end) joined.splice(-1, 1, { ...last, end: Math.max(last.end, mark.end) });
    else joined.push(mark);
  }
  return joined;
}
