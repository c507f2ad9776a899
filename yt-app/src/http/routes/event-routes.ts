import { endpoints, isEnded, Problem, type Job } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Request, Response } from 'express';
import { callerId, type Identity } from '../../access/identity.ts';
import type { EventBus, EventEntry } from '../../events/event-bus.ts';
import { translateJob } from '../../jobs/job-problem.ts';
import type { JobService } from '../../jobs/job-service.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { openSseStream, type SseStream, type SseStreamOptions } from '../streams/sse-stream.ts';
import { createStreamLimits, type StreamLimitsOptions } from '../streams/stream-limits.ts';

export interface EventRoutesOptions extends Partial<SseStreamOptions>, StreamLimitsOptions {
  readonly bus: EventBus;
  readonly jobs: Pick<JobService, 'get'>;
}

/** The call of a client of an event stream. */
interface StreamCall {
  readonly identity: Identity;
  readonly response: Response;
  readonly signal: AbortSignal;
  readonly isAllowed: () => Promise<boolean>;
  readonly negotiateLanguage: () => Language;
}

/** The id of a job's last event: a client that reconnects with it has received everything. */
const END_ID = 'end';

/** Binds the streams of server-sent events: all events, or one job until it ends. They end when the service stops, and when the client is signed out. */
export function bindEventRoutes(
  bind: EndpointBinder,
  { bus, jobs, heartbeatMs = 15_000, maxQueuedBytes = 1e6, recheckMs = 3000, ...most }: EventRoutesOptions,
): void {
  const limits = createStreamLimits(most);

  const follow = (
    { identity, response, signal, isAllowed, negotiateLanguage }: StreamCall,
    subscribe: (stream: SseStream) => () => void,
  ): void => {
    const release = limits.take(callerId(identity));
    const language = negotiateLanguage();
    let unsubscribe = (): void => undefined;
    const stream = openSseStream(response, { heartbeatMs, maxQueuedBytes, recheckMs }, isAllowed, () => {
      release();
      unsubscribe();
    });
    if (signal.aborted || response.req.method === 'HEAD') stream.end();
    else unsubscribe = subscribe({ ...stream, send: (entry) => stream.send(translateEntry(entry, language)) });
    signal.addEventListener('abort', stream.end, { once: true });
  };

  bind.stream(endpoints.events, ({ query, ...call }) => {
    follow(call, ({ send }) => bus.subscribe(send, lastEventId(call.request) ?? query.lastEventId));
  });

  bind.stream(endpoints.jobEvents, async ({ params: { id }, query, ...call }) => {
    const meanwhile: EventEntry[] = [];
    const endReading = bus.subscribe((entry) => void meanwhile.push(entry));
    const job = await jobs.get(id).finally(endReading);
    if (!job) throw new Problem('not-found');
    const hasSeenEnd = (lastEventId(call.request) ?? query.lastEventId) === END_ID;
    if (hasSeenEnd && isEnded(job.state)) {
      call.response.status(204).end(); // which tells an EventSource not to reconnect
      return;
    }
    follow(call, (stream) => {
      const sendJob = (current: Job, entryId: string): void => {
        const hasEnded = isEnded(current.state);
        stream.send({ id: hasEnded ? END_ID : entryId, event: { name: 'job', data: current } });
        if (hasEnded) stream.end();
      };
      const take = ({ id: entryId, event }: EventEntry): void => {
        if (event.name === 'job' && event.data.id === id) sendJob(event.data, entryId);
      };
      sendJob(job, 'start');
      meanwhile.forEach(take);
      return bus.subscribe(take);
    });
  });
}

/** An event with the problem of its job in a language. */
function translateEntry({ id, event }: EventEntry, language: Language): EventEntry {
  return { id, event: event.name === 'job' ? { ...event, data: translateJob(event.data, language) } : event };
}

function lastEventId(request: Request): string | undefined {
  return request.get('last-event-id')?.slice(0, 100);
}
