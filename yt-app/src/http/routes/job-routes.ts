import { endpoints, Problem, type Job } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Request } from 'express';
import { callerId } from '../../access/identity.ts';
import type { JobService } from '../../jobs/job-service.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

/** Binds the endpoints of jobs and probes. */
export function bindJobRoutes(bind: EndpointBinder, jobs: JobService): void {
  const located = (job: Job, response: { location(url: string): unknown }): Job => {
    response.location(endpoints.getJob.path.replace(':id', job.id));
    return job;
  };

  bind.answer(endpoints.createJob, ({ body, identity, request, response }) =>
    located(jobs.submit(body, { caller: callerId(identity), ...idempotencyOf(request) }), response),
  );
  bind.answer(endpoints.listJobs, ({ query }) => jobs.list(query));
  bind.answer(endpoints.getJob, ({ id }) => {
    const job = jobs.get(id);
    if (!job) throw new Problem('not-found');
    return job;
  });
  bind.answer(endpoints.cancelJob, ({ id }) => jobs.cancel(id));
  bind.answer(endpoints.retryJob, ({ id, response }) => located(jobs.retry(id), response));
  bind.answer(endpoints.probe, ({ query, identity, signal }) =>
    jobs.probe(query.url, { caller: callerId(identity), signal }),
  );
}

function idempotencyOf(request: Request): { idempotencyKey?: string } {
  const key = request.get('idempotency-key');
  if (key === undefined) return {};
  if (PRINTABLE.test(key)) return { idempotencyKey: key };
  throw new Problem('invalid-request', {
    faults: [{ field: 'Idempotency-Key', fault: texts.api.faults.idempotencyKey }],
  });
}
