import { z } from 'zod';
import { MOST_PLAYLIST_ENTRIES, PlaylistEntry } from '../library/playlist.ts';

/** A video of a list, with what decides whether it is fetched for a follower. Nothing about it has been checked. */
export const ListingEntry = PlaylistEntry.omit({ durationSeconds: true }).extend({
  sourceId: z.string().max(400).nullable().meta({
    description: 'The name of the video at its source, which stays when its address changes; null: it has none.',
  }),
  publishedAt: z.iso.datetime().nullable().meta({ description: 'Null: the list has no date of it.' }),
  isUpcoming: z.boolean().meta({ description: 'Announced, or live now: it has no end yet.' }),
});
export type ListingEntry = z.infer<typeof ListingEntry>;

/** A list of videos as its source has it now, for followers. It may be empty. */
export const SourceListing = z.object({
  title: z.string().max(300).nullable(),
  entries: z.array(ListingEntry).max(MOST_PLAYLIST_ENTRIES).meta({ description: 'In the order of the source.' }),
  hasMore: z.boolean().meta({ description: 'Does the source list more than was read?' }),
});
export type SourceListing = z.infer<typeof SourceListing>;
