import { z } from 'zod';
import { Job } from '../jobs/job.ts';
import { Media } from '../library/media.ts';
import { problemTypes } from '../problems/problem-catalogue.ts';
import { Visibility } from '../library/visibility.ts';
import { Station } from '../library/station.ts';

/**
 * Server-sent events. The `event:` field is the name, `data:` the JSON of the payload, `id:` the number of the event, which
 * resumes. The progress of a running job has no id: it is not repeated. `reset` says that the events since Last-Event-ID
 * are not all there any more, or that many items have changed: read the lists again. `media-deleted`: the item was moved to the
 * trash, deleted, or became private; whoever sees it still gets a `media` next.
 */
export const eventPayloads = {
  job: Job,
  /** A job became private. Whoever sees it still gets a `job` next. */
  'job-hidden': z.object({ id: z.string() }),
  media: Media,
  /** Only those who saw the item get it. Without a visibility: everyone did. */
  'media-deleted': z.object({
    id: z.string(),
    visibility: Visibility.optional(),
    personId: z.string().nullable().optional(),
  }),
  /**
   * The collection, or what it contains, has changed, or it was deleted: read it again. Those who see the collection get it, and those
   * who saw it before it became private.
   */
  collection: z.object({ id: z.string(), visibility: Visibility, personId: z.string().nullable() }),
  /** A followed list has changed, or is not followed any more: read them again. Its person gets it, and owners. */
  following: z.object({
    id: z.string(),
    personId: z.string(),
    givenUp: z
      .object({ title: z.string(), code: z.enum(problemTypes) })
      .nullable()
      .default(null)
      .meta({ description: 'Of a list that was paused by itself, because it could not be read for so long.' }),
  }),
  station: Station,
  reset: z.object({}),
} as const;

/** For clients that cannot send a Last-Event-ID header; the header counts when both are there. */
export const EventQuery = z.strictObject({
  lastEventId: z.string().max(100).optional().meta({ description: 'Id of the last event that was seen.' }),
});

export type EventName = keyof typeof eventPayloads;
export type LinkcastEvent = { [N in EventName]: { name: N; data: z.infer<(typeof eventPayloads)[N]> } }[EventName];

/** One server-sent event as text becomes a typed event; undefined for names of a newer server. */
export function parseEvent(name: string, data: string): LinkcastEvent | undefined {
  if (!Object.hasOwn(eventPayloads, name)) return undefined;
  const known = name as EventName; // just checked
  return { name: known, data: eventPayloads[known].parse(JSON.parse(data)) } as LinkcastEvent; // the pair belongs together
}
