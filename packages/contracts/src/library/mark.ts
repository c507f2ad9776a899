import { z } from 'zod';

/**
 * The kinds of parts that SponsorBlock is asked for, as it calls them. `filler` is not among them: it is what others find dull, and
 * often much of a video.
 */
export const markCategories = [
  'sponsor',
  'selfpromo',
  'interaction',
  'intro',
  'outro',
  'preview',
  'hook',
  'music_offtopic',
] as const;
export const MarkCategory = z.enum(markCategories).meta({ id: 'MarkCategory' });
export type MarkCategory = z.infer<typeof MarkCategory>;

/** More marks than any honest video has. */
export const MOST_MARKS = 100;

/** A part of an item that people may want to skip. */
export const Mark = z
  .object({
    start: z.number().nonnegative().meta({ description: 'Seconds from the beginning.' }),
    end: z.number().nonnegative(),
    category: MarkCategory,
  })
  .meta({ id: 'Mark' });
export type Mark = z.infer<typeof Mark>;

/** The marks of an item: sorted, and none overlaps another. */
export const Marks = z.array(Mark).max(MOST_MARKS);
