import { endpoints } from '@linkcast/contracts';
import type { Identity } from '../../../access/identity.ts';
import type { CookieJars, CookiePerson } from '../../../cookies/cookie-jars.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { callerPerson } from '../people-routes.ts';

/** Binds the endpoints of the cookies of sites. */
export function bindCookieRoutes(bind: EndpointBinder, cookies: Pick<CookieJars, 'list' | 'put' | 'remove'>): void {
  bind.answer(endpoints.listCookies, async ({ identity }) => ({ cookies: await cookies.list(personOf(identity)) }));
  bind.answer(endpoints.putCookies, ({ body, identity }) => cookies.put(body, personOf(identity)));
  bind.answer(endpoints.removeCookies, async ({ params, identity }) => {
    await cookies.remove(params.id, personOf(identity));
    return undefined;
  });
}

function personOf(identity: Identity): CookiePerson {
  const { id, role } = callerPerson(identity);
  return { id, isOwner: role === 'owner' };
}
