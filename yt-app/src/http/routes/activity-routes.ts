import { endpoints } from '@linkcast/contracts';
import type { ActivityReads } from '../../activity/activity-reads.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoint of the activity log. */
export function bindActivityRoutes(bind: EndpointBinder, activity: ActivityReads): void {
  bind.answer(endpoints.listActivity, ({ query, negotiateLanguage }) => activity.list(query, negotiateLanguage()));
}
