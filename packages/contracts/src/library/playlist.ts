import { z } from 'zod';

/** More entries than anybody downloads at once; `MAX_PLAYLIST` is at most this. */
export const MOST_PLAYLIST_ENTRIES = 1000;

/** A video of a list, as the list itself names it: nothing about it has been checked. */
export const PlaylistEntry = z
  .object({
    url: z.string().max(2048),
    title: z.string().max(300).nullable(),
    durationSeconds: z.number().nonnegative().nullable(),
  })
  .meta({ id: 'PlaylistEntry' });
export type PlaylistEntry = z.infer<typeof PlaylistEntry>;

/** The video of a list that is taken alone: the first one, or the one that the link itself names. */
export const PlaylistVideo = z.enum(['first', 'chosen']);
export type PlaylistVideo = z.infer<typeof PlaylistVideo>;

/** A list without its entries. */
const PlaylistSummary = z.object({
  title: z.string().max(300).nullable(),
  hasMore: z.boolean().meta({ description: 'Does the source list more than MAX_PLAYLIST videos?' }),
  one: PlaylistVideo.nullable().default(null).meta({
    description: 'The video that `playlist=one` takes; null: it could not be read.',
  }),
});

/** The facts of a list in a question to the person. */
export const PlaylistFacts = PlaylistSummary.meta({ id: 'PlaylistFacts' });
export type PlaylistFacts = z.infer<typeof PlaylistFacts>;

/** A list of videos behind one link: a playlist, a channel, a feed. */
export const Playlist = PlaylistSummary.extend({
  entries: z
    .array(PlaylistEntry)
    .min(2)
    .max(MOST_PLAYLIST_ENTRIES)
    .meta({ description: 'In the order of the source.' }),
}).meta({ id: 'Playlist' });
export type Playlist = z.infer<typeof Playlist>;

/** The choice for a link that is a list: its first or chosen video, all of them, or a question to the person. */
export const PlaylistChoice = z.enum(['one', 'all', 'ask']);
export type PlaylistChoice = z.infer<typeof PlaylistChoice>;
