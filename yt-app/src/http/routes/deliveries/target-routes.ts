import { endpoints, Problem, type DeliveryCheck } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Deliveries } from '../../../deliveries/deliveries.ts';
import { workTarget } from '../../../deliveries/delivery-targets.ts';
import type { TryTarget } from '../../../deliveries/try-target.ts';
import { translateProblem } from '../../../jobs/job-problem.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { callerPerson } from '../people-routes.ts';

interface TargetRoutesOptions extends Pick<Deliveries, 'targets'> {
  readonly tryTarget: TryTarget;
}

/** Binds the endpoints of the targets of deliveries. */
export function bindTargetRoutes(bind: EndpointBinder, { targets, tryTarget }: TargetRoutesOptions): void {
  bind.answer(endpoints.listDeliveryTargets, async () => ({ targets: await targets.list() }));
  bind.answer(endpoints.createDeliveryTarget, ({ body, identity }) => targets.add(body, callerPerson(identity).id));
  bind.answer(endpoints.checkNewDeliveryTarget, async ({ body, signal, negotiateLanguage }) =>
    translated(await tryTarget(workTarget(body), signal), negotiateLanguage()),
  );
  bind.answer(endpoints.checkDeliveryTarget, async ({ params, signal, negotiateLanguage }) => {
    const target = targets.forWork(await targets.need(params.id));
    if (!target) throw new Problem('delivery-login');
    return translated(await tryTarget(target, signal), negotiateLanguage());
  });
  bind.answer(endpoints.patchDeliveryTarget, ({ params, body }) => targets.change(params.id, body));
  bind.answer(endpoints.removeDeliveryTarget, async ({ params }) => {
    await targets.remove(params.id);
    return undefined;
  });
}

function translated(check: DeliveryCheck, language: Language): DeliveryCheck {
  return { ...check, problem: check.problem && translateProblem(check.problem, language) };
}
