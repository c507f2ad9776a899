import { z } from 'zod';
import { DownloaderUpdates } from './downloader-updates.ts';
import { DeliveredItem, WorkTarget } from '../deliveries/delivery-work.ts';
import { WorkItem } from './work-item.ts';
import { WorkerMachine } from './worker-machine.ts';
import { WorkLimits } from './work-limits.ts';
import { MediaId, MediaType, Rendition } from '../library/media.ts';
import { Quality } from '../library/quality.ts';
import { WorkCookies } from '../profiles/cookies.ts';
import { MOST_WAYS, WorkWay } from '../profiles/way.ts';

/**
 * The work that yt-app's API gives to workers (`/internal/work/*`). A worker claims a piece of work with a long poll and
 * gets a lease on it. It renews the lease while it works, and reports what it does. Each claim of the same job has a
 * higher fence; what carries an older one is refused with `lease-lost`, and that worker stops its programs.
 */

/** A worker that hears nothing for so long stops its programs; the API gives its work to another one. */
export const LEASE_SECONDS = 20;
/** A claim without work is answered after so long. */
export const CLAIM_WAIT_SECONDS = 20;
/** A renewal is answered after so long, or at once when the work is to be stopped. */
export const RENEWAL_WAIT_SECONDS = 5;

export const WorkKind = z.enum(['job', 'probe', 'decode', 'delivery']);
export type WorkKind = z.infer<typeof WorkKind>;

const Name = z.string().regex(/^[\w.-]{1,64}$/);

/** A worker's description of itself, sent with each claim. */
export const WorkClaim = z.strictObject({
  worker: Name.meta({ description: 'The same after a restart; no two workers have the same.' }),
  instance: Name.meta({ description: 'Another one after each start: the leases of the one before end at once.' }),
  kind: WorkKind,
  downloader: z.string().max(40).nullable().meta({ description: 'Version of yt-dlp; null: none that may be run.' }),
  machine: WorkerMachine.optional(),
  updates: DownloaderUpdates.optional(),
});
export type WorkClaim = z.infer<typeof WorkClaim>;

const Lease = {
  id: z.string().meta({ description: 'Of the job, the probe, the decode or the delivery.' }),
  fence: z.number().int().positive(),
};
const SourceLease = {
  ...Lease,
  url: z.string(),
  /** With the credentials of this work in it. */
  proxyUrl: z.string(),
};

const SourceWays = {
  ways: z.array(WorkWay).max(MOST_WAYS).default([]).meta({
    description: 'The ways to the source, in the order in which they are tried; none: directly, once.',
  }),
  cookies: WorkCookies.optional().meta({ description: 'Of the host, for the ways with cookies.' }),
};

/** A piece of work with its lease. */
export const Work = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('job'),
    ...SourceLease,
    mediaId: MediaId,
    isPlayable: z.boolean().meta({
      description: 'Has an earlier claim of the job made a part of the item, which people may be playing?',
    }),
    type: MediaType,
    quality: Quality,
    limits: WorkLimits,
    live: z.object({ isStopped: z.boolean() }).optional().meta({
      description: 'Of a job whose source was live at an earlier claim. `isStopped`: no more of it is wanted.',
    }),
    ...SourceWays,
    item: WorkItem.nullable().optional().meta({
      description:
        'Of a job that starts with the files of an item: `audio` makes another item of them, `video` adds to them. Null: the library does not have the item any more.',
    }),
    sponsorBlock: z.url().optional().meta({
      description: 'Root of the SponsorBlock server that is asked for the marks of the item; none: no server is asked.',
    }),
    title: z.string().optional().meta({ description: 'Of an own file, whose bytes do not have one.' }),
    nameSuffix: z
      .string()
      .regex(/^[a-z0-9]{1,10}$/)
      .optional()
      .meta({
        description: 'The end of the names of renditions: the files come beside those of an earlier copy.',
      }),
  }),
  z.object({
    kind: z.literal('probe'),
    ...SourceLease,
    ...SourceWays,
    maxEntries: z.number().int().positive().meta({ description: 'The most videos of a list that are named.' }),
    purpose: z.enum(['describe', 'list']).default('describe').meta({
      description: '`list`: only the list behind the link is wanted, for those who follow it.',
    }),
  }),
  z
    .object({
      kind: z.literal('decode'),
      ...Lease,
      mediaId: MediaId,
      renditions: z.array(Rendition.pick({ name: true, kind: true })),
      hasFile: z.boolean().meta({ description: 'Is there an `audio.mp3`?' }),
    })
    .meta({
      description: 'A published item that is to be decoded as a whole. Only given out while there is no other work.',
    }),
  z.object({
    kind: z.literal('delivery'),
    ...Lease,
    target: WorkTarget,
    item: DeliveredItem.nullable().meta({ description: 'Null: only the target is tried.' }),
    proxyUrl: z.string().nullable().meta({
      description: 'With a ticket that is good for the server of the target only; null: it is a folder.',
    }),
  }),
]);
export type Work = z.infer<typeof Work>;
export type JobWork = Extract<Work, { kind: 'job' }>;
export type ProbeWork = Extract<Work, { kind: 'probe' }>;
export type DecodeWork = Extract<Work, { kind: 'decode' }>;
export type DeliveryWork = Extract<Work, { kind: 'delivery' }>;

export const ClaimAnswer = z.object({ work: Work.nullable() });
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;

const Fence = z.number().int().positive();

export const LeaseRenewal = z.strictObject({ fence: Fence });
export type LeaseRenewal = z.infer<typeof LeaseRenewal>;

export const LeaseAnswer = z.object({
  isWanted: z.boolean().meta({ description: 'False: stop all programs of this work, then report `stopped`.' }),
  isEnough: z.boolean().optional().meta({
    description: 'True: end the recording of a live source, and make an item of what is there. Default: false.',
  }),
});
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;

/** Name of the file in MEDIA_DIR that distinguishes the library from an empty mount point and from another library. */
export const mediaMarker = '.linkcast-media';

/** The folder of a claim below MEDIA_DIR, for files that nobody but its worker needs. The next claim of an interrupted job continues with it; the API removes those of jobs that have ended. */
export function workFolder({ id, fence }: Pick<Work, 'id' | 'fence'>): string {
  return `.work/${id}.${fence}`;
}
