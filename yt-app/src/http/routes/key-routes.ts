import { endpoints, Problem, type PersonalKey } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import type { PersonalKeyRecord } from '../../access/personal-key-store.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';

/** Binds the endpoints of personal API keys. */
export function bindKeyRoutes(bind: EndpointBinder, { keys, people }: AccessControl): void {
  bind.answer(endpoints.createKey, async ({ body, identity }) => {
    const { id: personId } = callerPerson(identity);
    const { key, record } = await people.whilePresent(personId, () => keys.create({ ...body, personId }));
    return { ...keyView(record), key };
  });
  bind.answer(endpoints.listKeys, async ({ identity }) => ({
    keys: (await keys.list(callerPerson(identity).id)).map(keyView),
  }));
  bind.answer(endpoints.revokeKey, async ({ params, identity }) => {
    if (!(await keys.revoke(params.id, callerPerson(identity).id))) throw new Problem('not-found');
    return undefined;
  });
}

function keyView({ id, name, scopes, createdAt, usedAt }: PersonalKeyRecord): PersonalKey {
  return {
    id,
    name,
    scopes,
    createdAt: new Date(createdAt).toISOString(),
    usedAt: usedAt === null ? null : new Date(usedAt).toISOString(),
  };
}
