import { z } from 'zod';

/** The video of a list that is taken alone: the first one, or the one that the link itself names. */
export const PlaylistVideo = z.enum(['first', 'chosen']);
export type PlaylistVideo = z.infer<typeof PlaylistVideo>;

/** A list without its entries: the facts of the question to the person. */
export const PlaylistFacts = z
  .object({
    title: z.string().max(300).nullable(),
    hasMore: z.boolean().meta({ description: 'Does the source list more than MAX_PLAYLIST videos?' }),
    one: PlaylistVideo.nullable().default(null).meta({
      description: 'The video that `playlist=one` takes; null: it could not be read.',
    }),
  })
  .meta({ id: 'PlaylistFacts' });
export type PlaylistFacts = z.infer<typeof PlaylistFacts>;
