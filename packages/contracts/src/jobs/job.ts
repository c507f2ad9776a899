import { z } from 'zod';
import { ProblemDocument } from '../problems/problem.ts';
import { JobState } from './job-state.ts';
import { MediaDamage } from '../library/damage.ts';
import { MediaId, MediaType } from '../library/media.ts';
import { TriedWays } from '../profiles/way.ts';
import { Quality } from '../library/quality.ts';
import { Visibility } from '../library/visibility.ts';

export const Progress = z
  .object({
    ratio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: 'Part done, 0 to 1; null while the size is unknown.' }),
    bytes: z.number().int().nonnegative(),
    totalBytes: z.number().int().nonnegative().nullable(),
    bytesPerSecond: z.number().nonnegative().nullable(),
    etaSeconds: z.number().nonnegative().nullable(),
  })
  .meta({ id: 'Progress' });
export type Progress = z.infer<typeof Progress>;

/** Paths below the site's root; null until there is something behind them. */
export const Links = z
  .object({
    page: z.string().nullable().meta({ description: 'The watch or listen page.' }),
    hls: z.string().nullable().meta({ description: 'The master playlist, for VLC and every HLS player.' }),
    file: z.string().nullable().meta({ description: 'audio.mp3, once it is whole.' }),
  })
  .meta({ id: 'Links' });
export type Links = z.infer<typeof Links>;

const Timestamp = z.iso.datetime();

/** The next try of a job that failed for a reason that passes. */
export const JobRetry = z
  .object({
    problem: ProblemDocument.meta({ description: 'The reason of the last failure.' }),
    at: Timestamp.meta({ description: 'The time of the next try; a retry of the job makes it now.' }),
    count: z.number().int().nonnegative().meta({ description: 'Failures for such a reason so far.' }),
  })
  .meta({ id: 'JobRetry' });
export type JobRetry = z.infer<typeof JobRetry>;

/** The recording of a source that is live. */
export const JobLive = z
  .object({
    since: Timestamp.meta({ description: 'The begin of the recording.' }),
    isStopping: z.boolean().meta({ description: 'True: a person has stopped it; what was recorded becomes the item.' }),
  })
  .meta({ id: 'JobLive' });
export type JobLive = z.infer<typeof JobLive>;

/** The number of children of a parent job, by their state. */
export const ChildCounts = z
  .object({
    total: z.number().int().nonnegative(),
    queued: z.number().int().nonnegative(),
    running: z.number().int().nonnegative(),
    ready: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
    cancelled: z.number().int().nonnegative(),
  })
  .meta({ id: 'ChildCounts' });
export type ChildCounts = z.infer<typeof ChildCounts>;

export const Job = z
  .object({
    id: z.string(),
    parentId: z.string().nullable().default(null).meta({ description: 'Of a child: the id of its parent.' }),
    children: ChildCounts.nullable().default(null).meta({
      description:
        'Of a parent: its children. It has no item; its state and its progress are those of its children together.',
    }),
    state: JobState,
    type: MediaType,
    url: z.string(),
    quality: Quality,
    title: z.string().nullable(),
    progress: Progress,
    playable: z.boolean().meta({ description: 'True as soon as playback can start, while downloading too.' }),
    handling: z.enum(['copied', 'encoded']).nullable().meta({ description: 'Was the picture or sound encoded again?' }),
    attempt: z.number().int().nonnegative(),
    mediaId: z.string().nullable(),
    requesterId: z.string().nullable().meta({
      description: 'Id of the person who asked; null: nobody, as for a repair, or made before there were people.',
    }),
    repairs: z.string().nullable().default(null).meta({
      description: 'Of a job that downloads a damaged item again: the id of that item. Only owners see it.',
    }),
    fromItem: z.string().nullable().default(null).meta({
      description:
        'Of a job that starts with the files of an item: the id of that item. Null: it starts with its link.',
    }),
    visibility: Visibility.default('everyone'), // events of earlier versions have none
    links: Links,
    damage: MediaDamage.nullable().default(null).meta({
      description: 'Of a ready job: what cannot be played of its item. Null: all of it can.',
    }),
    problem: ProblemDocument.nullable().meta({ description: 'Of a failed job.' }),
    retry: JobRetry.nullable().default(null).meta({ description: 'Of a queued job that is tried again.' }),
    live: JobLive.nullable().default(null).meta({
      description: 'Of a job that records a live source. It goes on until the source ends, or `stop`.',
    }),
    tried: TriedWays.default([]).meta({
      description:
        'The ways by which the last attempt has tried to reach the source; none without a profile of its host.',
    }),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    playableAt: Timestamp.nullable(),
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

export const JobList = z.object({ jobs: z.array(Job), nextCursor: z.string().nullable() }).meta({ id: 'JobList' });
export type JobList = z.infer<typeof JobList>;

const Limit = z.coerce.number().int().min(1).max(100).default(50);
const Cursor = z.string().max(1000).optional();

export const JobQuery = z.strictObject({
  state: JobState.optional(),
  parent: z.string().max(100).optional().meta({
    description: 'The children of this job, in their order. Default: the jobs that are no children, newest first.',
  }),
  limit: Limit,
  cursor: Cursor,
});
export type JobQuery = z.infer<typeof JobQuery>;

export const MediaQuery = z.strictObject({
  type: MediaType.optional(),
  q: z.string().max(200).optional().meta({ description: 'Words of the title or the uploader.' }),
  sort: z.enum(['newest', 'oldest', 'title', 'longest']).default('newest'),
  collection: MediaId.optional().meta({ description: 'Only the items of this collection.' }),
  limit: Limit,
  cursor: Cursor,
});
export type MediaQuery = z.infer<typeof MediaQuery>;

/** The ancestor's `POST /api/download`: a type that is not `video` is audio, and everything else is overlooked. */
export const DownloadRequest = z
  .object({ url: z.string().catch(''), type: MediaType.catch('audio') })
  .meta({ id: 'DownloadRequest' });
export type DownloadRequest = z.infer<typeof DownloadRequest>;

export const DownloadAnswer = z
  .object({ filename: z.string(), title: z.string(), type: MediaType })
  .meta({ id: 'DownloadAnswer' });
export type DownloadAnswer = z.infer<typeof DownloadAnswer>;
