import { z } from 'zod';
import { MediaType } from '../library/media.ts';
import { Quality } from '../library/quality.ts';
import { Visibility } from '../library/visibility.ts';

/** A person's own choices, on all their devices. Null: the default of the installation. */
export const Preferences = z
  .strictObject({
    type: MediaType.nullable().meta({ description: 'What a link becomes.' }),
    quality: Quality.nullable(),
    playbackRate: z.number().min(0.25).max(4).nullable().meta({ description: '1: as it was recorded.' }),
    visibility: Visibility.nullable().meta({ description: 'Who sees what the person adds.' }),
    jobReports: z.boolean().nullable().meta({
      description: 'Are the ends of jobs from the site reported in the chat with the bot? Null: yes.',
    }),
    marks: z.enum(['skip', 'offer']).nullable().meta({
      description: 'What the player does with the marks of an item: skips them, or offers that. Null: neither.',
    }),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof Preferences>;

/** The preferences of somebody who has chosen nothing. */
export const noPreferences: Preferences = {
  type: null,
  quality: null,
  playbackRate: null,
  visibility: null,
  jobReports: null,
  marks: null,
};
