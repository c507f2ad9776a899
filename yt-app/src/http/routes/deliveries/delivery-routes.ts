import { endpoints, type Delivery } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Deliveries } from '../../../deliveries/deliveries.ts';
import type { TryTarget } from '../../../deliveries/try-target.ts';
import { translateProblem } from '../../../jobs/job-problem.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { bindTargetRoutes } from './target-routes.ts';

/** The deliveries, and the trial of their targets. */
export interface RoutedDeliveries extends Pick<Deliveries, 'list' | 'request' | 'retry' | 'cancel' | 'targets'> {
  readonly tryTarget: TryTarget;
}

/** Binds the endpoints of deliveries and their targets. */
export function bindDeliveryRoutes(bind: EndpointBinder, deliveries: RoutedDeliveries): void {
  bindTargetRoutes(bind, deliveries);
  bind.answer(endpoints.listDeliveries, async ({ negotiateLanguage }) => {
    const [listed, language] = [await deliveries.list(), negotiateLanguage()];
    return { deliveries: listed.map((delivery) => translated(delivery, language)) };
  });
  bind.answer(endpoints.deliverMedia, async ({ params, body, negotiateLanguage }) =>
    translated(await deliveries.request(params.id, body.targetId), negotiateLanguage()),
  );
  bind.answer(endpoints.retryDelivery, async ({ params, negotiateLanguage }) =>
    translated(await deliveries.retry(params.id), negotiateLanguage()),
  );
  bind.answer(endpoints.cancelDelivery, async ({ params }) => {
    await deliveries.cancel(params.id);
    return undefined;
  });
}

function translated(delivery: Delivery, language: Language): Delivery {
  const { problem } = delivery;
  return problem === null ? delivery : { ...delivery, problem: translateProblem(problem, language) };
}
