import { canSee, endpoints, Problem, type Job, type OwnedAction, type Viewer } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Request } from 'express';
import { callerId, personOf, viewerOf, type Identity } from '../../access/identity.ts';
import { requirePermission } from '../../access/ownership.ts';
import { translateJob } from '../../jobs/job-problem.ts';
import type { SubmitOptions } from '../../jobs/submission/job-submission.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { InvalidRequest } from '../../invalid-request.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

/** Binds the endpoints of jobs and probes. */
export function bindJobRoutes(bind: EndpointBinder, jobs: JobService): void {
  bind.answer(
    endpoints.createJob,
    async ({ query: { playlist: choice }, body, identity, request, signal, ...call }) => {
      const options = { ...requesterOf(identity), ...idempotencyOf(request) };
      const job =
        choice === 'one'
          ? await jobs.submit(body, options)
          : await jobs.submitPlaylist({ request: body, choice, options }, signal);
      return located(job, call);
    },
  );
  bind.answer(endpoints.listJobs, async ({ query, identity, negotiateLanguage }) => {
    const { jobs: listed, ...page } = await jobs.list(query, viewerOf(identity));
    const language = negotiateLanguage();
    return { ...page, jobs: listed.map((job) => translateJob(job, language)) };
  });
  bind.answer(endpoints.getJob, async ({ params, identity, negotiateLanguage }) =>
    translateJob(await visibleJob(jobs, params.id, identity), negotiateLanguage()),
  );
  const requireJob = async (id: string, action: OwnedAction, identity: Identity): Promise<void> => {
    const { requesterId } = await visibleJob(jobs, id, identity);
    requirePermission(action, identity, requesterId);
  };
  bind.answer(endpoints.cancelJob, async ({ params, identity, negotiateLanguage }) => {
    await requireJob(params.id, 'cancel-job', identity);
    return translateJob(await jobs.cancel(params.id), negotiateLanguage());
  });
  bind.answer(endpoints.retryJob, async ({ params, identity, ...call }) => {
    await requireJob(params.id, 'retry-job', identity);
    return located(await jobs.retry(params.id, personOf(identity)?.id ?? null), call);
  });
  bind.answer(endpoints.stopJob, async ({ params, identity, ...call }) => {
    await requireJob(params.id, 'cancel-job', identity);
    return located(await jobs.stop(params.id), call);
  });
  bind.answer(endpoints.probe, ({ query, identity, signal }) =>
    jobs.probe(query.url, { caller: callerId(identity), personId: personOf(identity)?.id ?? null, signal }),
  );
}

/** The job, if the caller sees it. Rejects with `not-found` otherwise. */
export async function visibleJob(jobs: Pick<JobService, 'get'>, id: string, identity: Identity): Promise<Job> {
  const job = await jobs.get(id);
  if (!job || !isVisibleJob(job, viewerOf(identity))) throw new Problem('not-found');
  return job;
}

/** Reports whether a job exists for a viewer. */
export function isVisibleJob({ visibility, requesterId }: Job, viewer: Viewer): boolean {
  return canSee({ visibility, personId: requesterId }, viewer);
}

type Requester = Required<Pick<SubmitOptions, 'caller' | 'personId' | 'visibility'>>;

/** The requester of a job that a caller submits. */
export function requesterOf(identity: Identity): Requester {
  const person = personOf(identity);
  return {
    caller: callerId(identity),
    personId: person?.id ?? null,
    visibility: person?.preferences?.visibility ?? null,
  };
}

interface LocatedCall {
  readonly response: { location(url: string): unknown };
  readonly negotiateLanguage: () => Language;
}

/** The job for an answer that names its address in a header. */
export function located(job: Job, { response, negotiateLanguage }: LocatedCall): Job {
  response.location(endpoints.getJob.path.replace(':id', job.id));
  return translateJob(job, negotiateLanguage());
}

/** The Idempotency-Key of a request. @throws {InvalidRequest} */
export function idempotencyOf(request: Request): { idempotencyKey?: string } {
  const key = request.get('idempotency-key');
  if (key === undefined) return {};
  if (PRINTABLE.test(key)) return { idempotencyKey: key };
  throw new InvalidRequest([{ field: 'Idempotency-Key', fault: { code: 'idempotencyKey' } }]);
}
