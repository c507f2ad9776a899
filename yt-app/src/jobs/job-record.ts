import { JobState, MediaType, ProblemDocument, Quality } from '@linkcast/contracts';
import { z } from 'zod';

const flag = z.number().transform((value) => value === 1);
const problem = z
  .string()
  .nullable()
  .transform((json) => (json === null ? null : ProblemDocument.parse(JSON.parse(json))));

/** A row of the table of jobs as it is read. Times are milliseconds since 1970. */
export const JobRow = z
  .object({
    number: z.number(),
    id: z.string(),
    state: JobState,
    type: MediaType,
    url: z.string(),
    source_key: z.string(),
    quality: Quality,
    attempt: z.number(),
    fence: z.number(),
    worker: z.string().nullable(),
    instance: z.string().nullable(),
    media_id: z.string(),
    title: z.string().nullable(),
    handling: z.enum(['copied', 'encoded']).nullable(),
    playable: flag,
    bytes: z.number(),
    problem,
    created_at: z.number(),
    started_at: z.number().nullable(),
    playable_at: z.number().nullable(),
    finished_at: z.number().nullable(),
  })
  .transform((row) => ({
    number: row.number,
    id: row.id,
    state: row.state,
    type: row.type,
    url: row.url,
    sourceKey: row.source_key,
    quality: row.quality,
    attempt: row.attempt,
    /** Number of its last claim; 0 before the first. */
    fence: row.fence,
    worker: row.worker,
    instance: row.instance,
    mediaId: row.media_id,
    title: row.title,
    handling: row.handling,
    isPlayable: row.playable,
    bytes: row.bytes,
    problem: row.problem,
    createdAt: row.created_at,
    startedAt: row.started_at,
    playableAt: row.playable_at,
    finishedAt: row.finished_at,
  }));
export type JobRecord = z.infer<typeof JobRow>;
