import { z } from 'zod';
import { MediaId, MediaType } from '../library/media.ts';
import { MOST_PLAYLIST_ENTRIES } from '../library/playlist.ts';
import { Quality } from '../library/quality.ts';
import { Visibility } from '../library/visibility.ts';
import { ProblemDocument } from '../problems/problem.ts';
import { CheckSchedule } from './check-schedule.ts';

/** Lists that one person may follow. */
export const MOST_FOLLOWED = 100;

const Words = z.array(z.string().trim().min(1).max(100)).max(20);

/** The titles that are fetched: those with one of the included words (none: all titles), and with none of the excluded ones. */
export const TitleFilter = z
  .strictObject({
    include: Words.meta({ description: 'Words or parts of words, without regard to case and accents.' }),
    exclude: Words,
  })
  .meta({ id: 'TitleFilter' });
export type TitleFilter = z.infer<typeof TitleFilter>;

/** The items of a followed list that stay. Older ones go to the trash without a question, as by a rule of the collection. */
export const FollowedKeep = z
  .strictObject({
    last: z.number().int().min(1).max(MOST_PLAYLIST_ENTRIES).nullable().meta({
      description: 'Only so many items: the newest.',
    }),
    days: z.number().int().min(1).max(3650).nullable().meta({
      description: 'Days after which an item goes, from when it was added or last watched.',
    }),
  })
  .meta({ id: 'FollowedKeep' });
export type FollowedKeep = z.infer<typeof FollowedKeep>;

/** Everything that its person may choose about a followed list, besides the link and the type. */
const choices = {
  quality: Quality,
  visibility: Visibility.meta({ description: 'Of the items that come. Default: as for a link that the person sends.' }),
  since: z.iso.date().nullable().meta({
    description: 'Videos that the source dates before this day (UTC) are not fetched. Null: the date does not matter.',
  }),
  filter: TitleFilter,
  keep: FollowedKeep,
  schedule: CheckSchedule,
};

export const FollowRequest = z
  .strictObject({
    url: z.string().meta({ description: 'http or https, at most 2,048 characters.' }),
    type: MediaType,
    last: z.number().int().min(0).max(MOST_PLAYLIST_ENTRIES).default(0).meta({
      description:
        'Videos that are there already and are fetched, the newest ones. Those of `since` are fetched besides.',
    }),
    quality: choices.quality.default('best'),
    visibility: choices.visibility.optional(),
    since: choices.since.default(null),
    filter: choices.filter.default({ include: [], exclude: [] }),
    keep: choices.keep.default({ last: null, days: null }),
    schedule: choices.schedule.default({ kind: 'every', hours: 6 }),
  })
  .meta({ id: 'FollowRequest' });
export type FollowRequest = z.infer<typeof FollowRequest>;

export const FollowedState = z.enum(['active', 'paused']);
export type FollowedState = z.infer<typeof FollowedState>;

export const FollowedPatch = z
  .strictObject({
    title: z.string().trim().min(1).max(300),
    state: FollowedState,
    ...choices,
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, { params: { fault: 'noChange' } }) // its sentence is in `@linkcast/texts`
  .meta({ id: 'FollowedPatch' });
export type FollowedPatch = z.infer<typeof FollowedPatch>;

const Time = z.iso.datetime().nullable();

/** A channel, playlist or feed whose new videos are fetched for a person. */
export const FollowedList = z
  .object({
    id: z.string(),
    personId: z.string(),
    url: z.string(),
    title: z.string().meta({ description: 'As the source has it, until the person changes it.' }),
    type: MediaType,
    ...choices,
    state: FollowedState,
    waiting: z.number().int().nonnegative().meta({
      description:
        'Videos that are known and not fetched yet: announced or live ones, and those for which a limit had no room.',
    }),
    collectionId: MediaId.nullable().meta({ description: 'The collection of its items; null: there is none yet.' }),
    lastCheckAt: Time.meta({ description: 'The last time that the source was read.' }),
    lastNewAt: Time.meta({ description: 'The last time that something new was fetched.' }),
    nextCheckAt: Time.meta({ description: 'Null: it is paused.' }),
    failures: z.number().int().nonnegative().meta({ description: 'Checks in a row that could not read the source.' }),
    failingSince: Time,
    problem: ProblemDocument.nullable().meta({
      description:
        'The reason of the last failure, or for which new videos wait. It is paused by itself after 30 days of failures.',
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'FollowedList' });
export type FollowedList = z.infer<typeof FollowedList>;

export const FollowingQuery = z.strictObject({
  of: z
    .enum(['me', 'everyone'])
    .default('me')
    .meta({ description: '`everyone`: the lists of all people, for owners.' }),
});
export type FollowingQuery = z.infer<typeof FollowingQuery>;

export const Following = z.object({ following: z.array(FollowedList) }).meta({ id: 'Following' });
export type Following = z.infer<typeof Following>;
