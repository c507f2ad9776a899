import { z } from 'zod';
import { HostPin } from '../deliveries/delivery-target.ts';
import { DeliveredFile } from '../deliveries/delivery-work.ts';
import { SourceListing } from '../following/source-listing.ts';
import { SourceDamage } from '../library/damage.ts';
import { Probe } from '../library/media.ts';
import { SentenceFacts } from '../problems/problem.ts';
import { problemTypes } from '../problems/problem-catalogue.ts';
import { WorkCookies } from '../profiles/cookies.ts';
import { TriedWays } from '../profiles/way.ts';
import { ItemFacts, SourceFacts } from './item-facts.ts';
import { Progress } from './job.ts';

/** A problem as a worker reports it. The sentence is made by the API. */
const ReportedProblem = z.strictObject({
  code: z.enum(problemTypes),
  ...SentenceFacts.shape,
});

/** The reports of a worker, in the order in which they occur. */
export const WorkReport = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('resolved'),
    facts: SourceFacts,
    estimatedBytes: z.number().int().nonnegative().nullable().optional().meta({
      description: 'The space that the item will take; null: unknown.',
    }),
    tried: TriedWays.optional(),
  }),
  z.strictObject({ type: z.literal('cookies'), cookies: WorkCookies }).meta({
    description: 'What the downloader has made of the cookies of a job or a probe.',
  }),
  z.strictObject({ type: z.literal('entered'), state: z.enum(['downloading', 'converting', 'verifying']) }),
  z.strictObject({ type: z.literal('progress'), progress: Progress }),
  z.strictObject({ type: z.literal('playable'), facts: ItemFacts }),
  z.strictObject({ type: z.literal('ready'), facts: ItemFacts }),
  z.strictObject({ type: z.literal('probed'), probe: Probe }),
  z.strictObject({ type: z.literal('listed'), listing: SourceListing }),
  z.strictObject({
    type: z.literal('decoded'),
    damage: SourceDamage.nullable().meta({ description: 'What cannot be decoded; null: all can.' }),
  }),
  z
    .strictObject({
      type: z.literal('tried'),
      pin: HostPin.nullable(),
      problem: ReportedProblem.nullable(),
    })
    .meta({ description: 'The end of the trial of a target.' }),
  z.strictObject({ type: z.literal('delivered'), file: DeliveredFile }),
  z.strictObject({ type: z.literal('failed'), problem: ReportedProblem, tried: TriedWays.optional() }),
  z.strictObject({ type: z.literal('stopped') }).meta({
    description: 'Its programs have ended, because it had to stop or is shutting down; the attempt does not count.',
  }),
]);
export type WorkReport = z.infer<typeof WorkReport>;

export const ReportRequest = z.strictObject({ fence: z.number().int().positive(), report: WorkReport });
export type ReportRequest = z.infer<typeof ReportRequest>;
