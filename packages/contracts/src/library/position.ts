import { z } from 'zod';
import { Media, MediaId } from './media.ts';

/** Playback is resumed from here on; before it, it starts at the beginning. */
export const RESUME_FROM_SECONDS = 10;
/** The age that a client gives a position of unknown age, a year: any other position is newer. */
export const MAX_AGED_MS = 31_536_000_000;
/** The most positions of one request. */
export const MAX_POSITIONS = 50;

const WATCHED_RATIO = 0.95;
const CREDITS_SECONDS = 30;
/** In shorter items, the last 30 seconds are much of the whole. */
const MIN_SECONDS_WITH_CREDITS = 60;

/** A person's playback position in an item. */
export const Position = z
  .object({
    seconds: z.number().nonnegative(),
    isWatched: z.boolean().meta({ description: 'Played to its end, or marked as watched.' }),
    updatedAt: z.iso.datetime().meta({ description: 'When the position was true, by the clock of the server.' }),
  })
  .meta({ id: 'Position' });
export type Position = z.infer<typeof Position>;

/** A media item with the caller's own position; null: none, or the caller is no person. */
export const MediaWithPosition = Media.extend({ position: Position.nullable() }).meta({ id: 'MediaWithPosition' });
export type MediaWithPosition = z.infer<typeof MediaWithPosition>;

/** A page of the library. */
export const MediaList = z
  .object({ media: z.array(MediaWithPosition), nextCursor: z.string().nullable() })
  .meta({ id: 'MediaList' });
export type MediaList = z.infer<typeof MediaList>;

/** A position as a player reports it. The newest position of an item counts, whatever the order in which reports arrive. */
export const PositionReport = z
  .strictObject({
    mediaId: MediaId,
    seconds: z.number().nonnegative().max(31_536_000),
    agedMs: z.number().int().nonnegative().max(MAX_AGED_MS).default(0).meta({
      description: 'Milliseconds since the position was true: clocks of clients are wrong, their differences are not.',
    }),
    isWatched: z.boolean().optional().meta({ description: 'Marks the item; absent: the position decides.' }),
  })
  .meta({ id: 'PositionReport' });
export type PositionReport = z.output<typeof PositionReport>;

export const PositionReports = z
  .strictObject({ positions: z.array(PositionReport).min(1).max(MAX_POSITIONS) })
  .meta({ id: 'PositionReports' });
export type PositionReports = z.input<typeof PositionReports>;

export const PositionQuery = z.strictObject({
  state: z
    .enum(['continue', 'watched'])
    .optional()
    .meta({
      description: `\`continue\`: not watched, and past the first ${RESUME_FROM_SECONDS} seconds.`,
    }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
});
export type PositionQuery = z.infer<typeof PositionQuery>;

export const PositionList = z
  .object({
    positions: z.array(Position.extend({ media: Media }).meta({ id: 'PositionOfMedia' })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'PositionList' });
export type PositionList = z.infer<typeof PositionList>;

/** A position, and what it is compared with to decide whether the item is watched. */
interface PlayedPosition {
  readonly seconds: number;
  /** The duration of the item; null while it is unknown. */
  readonly durationSeconds: number | null;
  /** `playable`: it is still arriving, and nobody has seen its end. */
  readonly state: Media['state'];
}

/**
 * Decides whether an item is watched after a reported position. It is from 95 % of its duration or the last 30 seconds on. Whoever
 * starts a watched item over and passes its first 10 seconds has not watched it any more.
 *
 * @param wasWatched before this position.
 */
export function isWatchedAfter({ seconds, durationSeconds, state }: PlayedPosition, wasWatched: boolean): boolean {
  if (state === 'ready' && durationSeconds !== null && isNearEnd(seconds, durationSeconds)) return true;
  return wasWatched && seconds < RESUME_FROM_SECONDS;
}

/** Reports whether a position is so near the end that the item counts as watched. */
export function isNearEnd(seconds: number, durationSeconds: number): boolean {
  if (seconds >= durationSeconds * WATCHED_RATIO) return true;
  return durationSeconds >= MIN_SECONDS_WITH_CREDITS && seconds > durationSeconds - CREDITS_SECONDS;
}

/** The second at which playback of an item resumes; 0: at its beginning. */
export function resumeSecondsOf(position: Pick<Position, 'seconds' | 'isWatched'> | null | undefined): number {
  if (!position || position.isWatched || position.seconds < RESUME_FROM_SECONDS) return 0;
  return position.seconds;
}
