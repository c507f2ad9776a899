import { z } from 'zod';
import { MediaType } from '../library/media.ts';
import { PlaylistChoice } from '../library/playlist.ts';
import { Quality } from '../library/quality.ts';
import { Visibility } from '../library/visibility.ts';

/** A source URL as people send it. What is behind it is judged by yt-app (`source-url.ts`), not by this schema. */
const SubmittedUrl = z
  .string()
  .meta({ description: 'http or https, at most 2,048 characters.', example: 'https://example.com/watch?v=1' });

export const JobRequest = z
  .strictObject({
    url: SubmittedUrl,
    type: MediaType,
    quality: Quality.optional(),
    visibility: Visibility.optional().meta({
      description: 'Of the job and its item. Default: the setting VISIBILITY.',
    }),
  })
  .meta({ id: 'JobRequest' });
export type JobRequest = z.infer<typeof JobRequest>;

/** Wants more of the source of an item. */
export const ItemFetchRequest = z
  .strictObject({
    quality: Quality.optional().meta({
      description: 'Adds the best picture up to this quality. Default: that of the job that made the item.',
    }),
  })
  .meta({ id: 'ItemFetchRequest' });
export type ItemFetchRequest = z.infer<typeof ItemFetchRequest>;

/** Other parameters are ignored: callers of earlier versions may send some. */
export const JobSubmissionQuery = z.object({
  playlist: PlaylistChoice.default('one').meta({
    description:
      'Of a link that is a list: `one` takes its first or chosen video, `all` makes a parent job with a child for each video, `ask` refuses it with `playlist-choice`. `all` and `ask` read the link first; one that cannot be read becomes a job with `ask`.',
  }),
});
