import { endpoints } from '@linkcast/contracts';
import type { Retention } from '../../../retention/retention.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { callerPerson } from '../people-routes.ts';

/** Binds the endpoints of the space of the library, and of the rules by which items go. */
export function bindStorageRoutes(
  bind: EndpointBinder,
  retention: Pick<Retention, 'picture' | 'rules' | 'questions' | 'changeRule' | 'answer'>,
): void {
  bind.answer(endpoints.getStorage, () => retention.picture());
  bind.answer(endpoints.getRetention, async () => ({ rules: await retention.rules() }));
  bind.answer(endpoints.patchRetention, async ({ body }) => ({ rules: await retention.changeRule(body) }));
  bind.answer(endpoints.answerRetention, async ({ params, body, identity }) => {
    await retention.answer(params.id, body.answer, callerPerson(identity).id);
    return undefined;
  });
  bind.answer(endpoints.listRetentionQuestions, async () => ({ questions: await retention.questions() }));
}
