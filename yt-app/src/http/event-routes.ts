import { endpoints, isEnded, Problem, type Job } from '@linkcast/contracts';
import type { Request, Response } from 'express';
import type { EventBus, EventEntry } from '../events/event-bus.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { EndpointBinder } from './endpoint-binder.ts';
import { openEventStream, type EventStream, type EventStreamOptions } from './event-stream.ts';

export interface EventRoutesOptions extends Partial<EventStreamOptions> {
  readonly bus: EventBus;
  readonly jobs: Pick<JobService, 'get'>;
}

const MAX_STREAMS = 500;
/** The id of a job's last event: who comes back with it has seen everything. */
const END_ID = 'end';

/** Server-sent events: everything, or one job until it ends. They end when the service stops. */
export function bindEventRoutes(
  bind: EndpointBinder,
  { bus, jobs, heartbeatMs = 15_000, maxQueuedBytes = 1e6 }: EventRoutesOptions,
): void {
  let open = 0;

  const follow = (response: Response, signal: AbortSignal, subscribe: (stream: EventStream) => () => void): void => {
    if (open >= MAX_STREAMS) throw new Problem('too-many-requests');
    open += 1;
    let unsubscribe = (): void => undefined;
    const stream = openEventStream(response, { heartbeatMs, maxQueuedBytes }, () => {
      open -= 1;
      unsubscribe();
    });
    if (signal.aborted || response.req.method === 'HEAD') stream.end();
    else unsubscribe = subscribe(stream);
    signal.addEventListener('abort', stream.end, { once: true });
  };

  bind.stream(endpoints.events, ({ request, response, query, signal }) => {
    follow(response, signal, ({ send }) => bus.subscribe(send, lastEventId(request) ?? query.lastEventId));
  });

  bind.stream(endpoints.jobEvents, ({ id, request, response, query, signal }) => {
    const job = jobs.get(id);
    if (!job) throw new Problem('not-found');
    const hasSeenEnd = (lastEventId(request) ?? query.lastEventId) === END_ID;
    if (hasSeenEnd && isEnded(job.state)) {
      response.status(204).end(); // which tells an EventSource not to come back
      return;
    }
    follow(response, signal, (stream) => {
      const sendJob = (current: Job, entryId: string): void => {
        const hasEnded = isEnded(current.state);
        stream.send({ id: hasEnded ? END_ID : entryId, event: { name: 'job', data: current } });
        if (hasEnded) stream.end();
      };
      sendJob(job, 'start');
      return bus.subscribe(({ id: entryId, event }: EventEntry) => {
        if (event.name === 'job' && event.data.id === id) sendJob(event.data, entryId);
      });
    });
  });
}

function lastEventId(request: Request): string | undefined {
  return request.get('last-event-id')?.slice(0, 100);
}
