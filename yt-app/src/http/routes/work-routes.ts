import { endpoints } from '@linkcast/contracts';
import type { WorkService } from '../../work/work-service.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints for workers. */
export function bindWorkRoutes(bind: EndpointBinder, work: WorkService): void {
  bind.answer(endpoints.claimWork, ({ body, signal }) => work.claim(body, signal));
  bind.answer(endpoints.issueUpdateTicket, () => work.issueUpdateTicket());
  bind.answer(endpoints.renewLease, ({ params, body, signal }) => work.renew(params.id, body.fence, signal));
  bind.answer(endpoints.reportWork, ({ params, body }) => work.report(params.id, body));
}
