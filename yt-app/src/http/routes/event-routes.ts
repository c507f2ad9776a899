import { canSee, endpoints, isEnded, type Job, type Viewer } from '@linkcast/contracts';
import type { Request, Response } from 'express';
import { callerId, personOf, viewerOf, type Identity } from '../../access/identity.ts';
import type { EventFeed } from '../../events/event-feed.ts';
import type { EventEntry } from '../../events/stored-event.ts';
import type { JobService } from '../../jobs/job-service.ts';
import type { Library } from '../../library/library.ts';
import type { StationService } from '../../station/station-service.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { isVisibleJob, visibleJob } from './job-routes.ts';
import { createEventMessages } from '../streams/event-messages.ts';
import { openSseStream, type SseStream, type SseStreamOptions } from '../streams/sse-stream.ts';
import { createStreamLimits, type StreamLimitsOptions } from '../streams/stream-limits.ts';

export interface EventRoutesOptions extends Partial<SseStreamOptions>, StreamLimitsOptions {
  readonly feed: EventFeed;
  readonly jobs: Pick<JobService, 'get' | 'whileWaiting'>;
  readonly station: Pick<StationService, 'view'>;
  readonly library: Pick<Library, 'find'>;
}

/** The call of a client of an event stream. */
interface StreamCall {
  readonly identity: Identity;
  readonly response: Response;
  readonly signal: AbortSignal;
  readonly isAllowed: () => Promise<boolean>;
}

/** Writes a stream, and resolves when nothing more will be written. */
type WriteStream = (stream: SseStream) => Promise<void>;

/** The id of a job's last event: a client that reconnects with it has received everything. */
const END_ID = 'end';

/** Binds the streams of server-sent events: all events, or one job until it ends. They end when the service stops, and when the client is signed out. */
export function bindEventRoutes(bind: EndpointBinder, options: EventRoutesOptions): void {
  const { feed, jobs, station, library, heartbeatMs = 15_000, stallMs = 60_000, recheckMs = 3000, ...most } = options;
  const limits = createStreamLimits(most);
  const messageOf = createEventMessages(() => station.view());

  const open = async ({ identity, response, signal, isAllowed }: StreamCall, write: WriteStream): Promise<void> => {
    const release = limits.take(callerId(identity));
    const stream = openSseStream(response, { heartbeatMs, stallMs, recheckMs }, isAllowed, release);
    signal.addEventListener('abort', stream.end, { once: true });
    if (!signal.aborted && response.req.method !== 'HEAD') await write(stream);
    stream.end();
  };

  /** Checks an event from before the connection against its item or job as it is now: what has become private since is not sent. */
  const isStillVisible = async ({ event }: EventEntry, viewer: Viewer): Promise<boolean> => {
    if (viewer === 'everything') return true;
    if (event.name === 'media') return (await library.find(event.data.id, viewer)) !== undefined;
    if (event.name !== 'job') return true;
    const job = await jobs.get(event.data.id);
    return job !== undefined && isVisibleJob(job, viewer);
  };

  bind.stream(endpoints.events, async ({ query, negotiateLanguage, ...call }) => {
    const language = negotiateLanguage();
    const lastId = lastEventId(call.request) ?? query.lastEventId;
    const cursor = await feed.cursorOf(lastId);
    await open(call, async (stream) => {
      if (lastId === undefined) await stream.send({ id: String(cursor) }); // to resume from, also before the first event
      const newest = await feed.cursorOf(undefined);
      const viewer = viewerOf(call.identity);
      for await (const entry of feed.follow(cursor, call.signal)) {
        const isOld = entry.number !== null && entry.number <= newest;
        if (isVisible(entry, viewer) && (!isOld || (await isStillVisible(entry, viewer))))
          await stream.send(await messageOf(entry, language));
      }
    });
  });

  bind.stream(endpoints.jobEvents, async ({ params: { id }, query, negotiateLanguage, ...call }) => {
    const language = negotiateLanguage();
    const number = await feed.cursorOf(undefined); // before the job is read: what comes later, the events tell
    const job = await visibleJob(jobs, id, call.identity);
    const hasSeenEnd = (lastEventId(call.request) ?? query.lastEventId) === END_ID;
    if (hasSeenEnd && isEnded(job.state)) {
      call.response.status(204).end(); // which tells an EventSource not to reconnect
      return;
    }
    const write: WriteStream = async (stream) => {
      const start: EventEntry = { number, event: { name: 'job', data: job } };
      for await (const { entry, isEnd } of jobEntries(start, job, feed.follow(number, call.signal), jobs)) {
        if (!isVisible(entry, viewerOf(call.identity))) return;
        const message = await messageOf(entry, language);
        await stream.send(isEnd ? { ...message, id: END_ID } : message);
      }
    };
    const isWaiting = job.state === 'queued' && personOf(call.identity) !== undefined;
    await open(call, isWaiting ? (stream) => jobs.whileWaiting(id, () => write(stream)) : write);
  });
}

/** Reports whether an event is about something that exists for the viewer. */
function isVisible({ event }: EventEntry, viewer: Viewer): boolean {
  if (event.name === 'job') return isVisibleJob(event.data, viewer);
  if (event.name === 'media' || event.name === 'collection') return canSee(event.data, viewer);
  if (event.name === 'following') return canSee({ visibility: 'mine', personId: event.data.personId }, viewer);
  if (event.name !== 'media-deleted') return true;
  const { visibility = 'everyone', personId = null } = event.data;
  return canSee({ visibility, personId }, viewer);
}

interface JobEntry {
  readonly entry: EventEntry;
  readonly isEnd: boolean;
}

/** The events of one job, from the given one to its end. */
async function* jobEntries(
  start: EventEntry,
  { id, state }: Job,
  entries: AsyncIterable<EventEntry>,
  jobs: Pick<JobService, 'get'>,
): AsyncGenerator<JobEntry> {
  yield { entry: start, isEnd: isEnded(state) };
  if (isEnded(state)) return;
  for await (const entry of entries) {
    if (entry.event.name !== 'job' || entry.event.data.id !== id) continue;
    const current = isEnded(entry.event.data.state) ? await jobs.get(id) : undefined;
    if (current && !isEnded(current.state)) continue; // it was retried before it was read for the start
    yield { entry, isEnd: isEnded(entry.event.data.state) };
    if (isEnded(entry.event.data.state)) return;
  }
}

function lastEventId(request: Request): string | undefined {
  return request.get('last-event-id')?.slice(0, 100);
}
