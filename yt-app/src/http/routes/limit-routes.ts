import { endpoints } from '@linkcast/contracts';
import type { DefaultLimits } from '../../people/default-limits.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints of the default limits. */
export function bindLimitRoutes(bind: EndpointBinder, defaultLimits: DefaultLimits): void {
  bind.answer(endpoints.getLimits, () => defaultLimits.read());
  bind.answer(endpoints.patchLimits, ({ body }) => defaultLimits.change(body));
}
