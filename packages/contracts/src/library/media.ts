import { z } from 'zod';
import { MediaDamage } from './damage.ts';
import { Marks } from './mark.ts';
import { Playlist } from './playlist.ts';
import { Visibility } from './visibility.ts';

export const MediaType = z.enum(['video', 'audio']).meta({ id: 'MediaType' });
export type MediaType = z.infer<typeof MediaType>;

/** Media ids are ours, never from a title: 20 characters of a-z and 2-7 (100 random bits). */
export const MEDIA_ID = /^[a-z2-7]{20}$/;
export const MediaId = z.string().regex(MEDIA_ID);

export const Rendition = z
  .object({
    name: z.string().meta({ description: 'File name stem: v1080, audio.' }),
    kind: z.enum(['video', 'audio']),
    height: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'What the picture is called by: its shorter side, 1080 of 1080 × 1920 too.' }),
    codecs: z.string().meta({ description: 'RFC 6381 codec string.' }),
    bytes: z.number().int().nonnegative(),
    handling: z.enum(['copied', 'encoded']),
  })
  .meta({ id: 'Rendition' });
export type Rendition = z.infer<typeof Rendition>;

/**
 * The state of an item that is recorded from a live source: `live` while it is recorded, then the reason for its end. `ended`: the
 * source ended. `stopped`: a person stopped it. `limited`: it reached a limit of the installation. `lost`: the source did not come back.
 */
export const Recording = z.enum(['live', 'ended', 'stopped', 'limited', 'lost']).meta({ id: 'Recording' });
export type Recording = z.infer<typeof Recording>;

/** A finished or playable entry of the library; `media.json` beside the files holds the same. */
export const Media = z
  .object({
    id: MediaId,
    type: MediaType,
    title: z.string(),
    uploader: z.string().nullable(),
    sourceUrl: z
      .string()
      .nullable()
      .meta({ description: 'Null: unknown, or the caller is a guest or a visitor, who may not see it.' }),
    extractor: z.string().nullable(),
    durationSeconds: z.number().nonnegative().nullable(),
    bytes: z.number().int().nonnegative(),
    renditions: z.array(Rendition),
    handling: z.enum(['copied', 'encoded']),
    state: z.enum(['playable', 'ready']),
    jobId: z.string().nullable().meta({ description: 'Null for guests and visitors, too.' }),
    personId: z
      .string()
      .nullable()
      .meta({ description: 'Id of the person whose item it is. Null: nobody, or the caller is a guest or a visitor.' }),
    visibility: Visibility.default('everyone'), // events of earlier versions have none
    isKept: z.boolean().default(false).meta({ description: 'No retention rule takes it.' }), // events of earlier versions have none
    poster: z.string().nullable().meta({ description: 'Path of poster.jpg.' }),
    links: z.object({ page: z.string(), hls: z.string().nullable(), file: z.string().nullable() }),
    damage: MediaDamage.nullable().default(null).meta({ description: 'Null: all of it can be played.' }), // older events have none
    recording: Recording.nullable().default(null).meta({ description: 'Null: it is not recorded from a live source.' }), // older events have none
    marks: Marks.default([]).meta({ description: 'The parts that SponsorBlock names, sorted; none overlaps another.' }), // older events have none
    createdAt: z.iso.datetime(),
    deletedAt: z.iso
      .datetime()
      .nullable()
      .default(null)
      .meta({ description: 'When it was moved to the trash; null: it is in the library.' }),
  })
  .meta({ id: 'Media' });
export type Media = z.infer<typeof Media>;

export const MediaPatch = z
  .strictObject({
    title: z.string().trim().min(1).max(300).optional(),
    visibility: Visibility.optional(),
    isKept: z.boolean().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, { params: { fault: 'noChange' } }) // its sentence is in `@linkcast/texts`
  .meta({ id: 'MediaPatch' });
export type MediaPatch = z.infer<typeof MediaPatch>;

/** The offer of a source, before anything is downloaded. */
export const Probe = z
  .object({
    title: z.string(),
    uploader: z.string().nullable(),
    durationSeconds: z.number().nullable(),
    thumbnail: z.string().nullable(),
    heights: z.array(z.object({ height: z.number().int(), estimatedBytes: z.number().int().nullable() })),
    playlist: Playlist.nullable().meta({
      description:
        'The list behind the link; null: it is one video. The other members are of one video, as far as it could be read.',
    }),
  })
  .meta({ id: 'Probe' });
export type Probe = z.infer<typeof Probe>;
