import { endpoints, type Job } from '@linkcast/contracts';
import { viewerOf, type Identity } from '../../../access/identity.ts';
import { requirePermission } from '../../../access/ownership.ts';
import type { JobService } from '../../../jobs/job-service.ts';
import type { Library } from '../../../library/library.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { located, requesterOf } from '../job-routes.ts';

/** Binds the endpoints of jobs that start with the files of an item: its audio for who sees it, more of its source for whose it is. */
export function bindItemJobRoutes(
  bind: EndpointBinder,
  { jobs, library }: { readonly jobs: JobService; readonly library: Pick<Library, 'get'> },
): void {
  const visibleItem = (id: string, identity: Identity) => library.get(id, viewerOf(identity));

  bind.answer(endpoints.makeAudio, async ({ params, identity, ...call }): Promise<Job> => {
    await visibleItem(params.id, identity);
    return located(await jobs.makeAudio(params.id, requesterOf(identity)), call);
  });
  bind.answer(endpoints.fetchMedia, async ({ params, body, identity, ...call }): Promise<Job> => {
    const { personId } = await visibleItem(params.id, identity);
    requirePermission('fetch-item', identity, personId);
    return located(await jobs.fetchMedia(params.id, body.quality ?? null, requesterOf(identity)), call);
  });
}
