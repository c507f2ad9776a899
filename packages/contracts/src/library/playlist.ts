import { z } from 'zod';
import { PlaylistFacts } from '../problems/playlist-facts.ts';

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

/** A list of videos behind one link: a playlist, a channel, a feed. */
export const Playlist = PlaylistFacts.extend({
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
