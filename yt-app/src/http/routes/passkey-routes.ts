import { endpoints, Problem, type Passkey } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import { rightsOfCaller } from '../../access/authorize.ts';
import { deviceName } from '../../access/device-name.ts';
import type { Identity } from '../../access/identity.ts';
import type { PasskeyRecord } from '../../access/passkeys/passkey-store.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';
import { callerContext, openSession, sessionOf, signInBrowser, type InstallationFacts } from './session-routes.ts';

/** Binds the endpoints of passkeys: making them, signing in by them, managing them. */
export function bindPasskeyRoutes(bind: EndpointBinder, access: AccessControl, facts: InstallationFacts): void {
  const { passkeys, people } = access;
  const context = callerContext(access, facts);

  bind.answer(endpoints.beginPasskey, ({ identity }) => passkeys.registration.begin(browserOf(identity)));
  bind.answer(endpoints.createPasskey, async ({ body, identity, request }) => {
    const device = deviceName(request.get('user-agent') ?? '');
    return passkeyView(await passkeys.registration.finish(body, { ...browserOf(identity), device }));
  });
  bind.answer(endpoints.listPasskeys, async ({ identity }) => ({
    passkeys: (await passkeys.list(callerPerson(identity).id)).map(passkeyView),
  }));
  bind.answer(endpoints.patchPasskey, async ({ params, body, identity }) => {
    const renamed = await passkeys.rename(params.id, callerPerson(identity).id, body.name);
    if (!renamed) throw new Problem('not-found');
    return passkeyView(renamed);
  });
  bind.answer(endpoints.revokePasskey, async ({ params, identity }) => {
    const isOwner = rightsOfCaller(identity).includes('manage');
    await passkeys.revoke(params.id, { personId: callerPerson(identity).id, isOwner });
    return undefined;
  });
  bind.answer(endpoints.listPasskeysOfPerson, async ({ params }) => {
    if (!(await people.get(params.id))) throw new Problem('not-found');
    return { passkeys: (await passkeys.list(params.id)).map(passkeyView) };
  });

  bind.answer(endpoints.beginPasskeySignIn, () => passkeys.signIn.begin());
  bind.answer(endpoints.signInByPasskey, async ({ body, identity, request, response }) => {
    const signedIn = await passkeys.signIn.finish(body, signInBrowser(request, identity));
    return openSession(signedIn, { request, response, context });
  });
}

function browserOf(identity: Identity) {
  const session = sessionOf(identity);
  if (!session) throw new Problem('forbidden');
  return { person: callerPerson(identity), sessionId: session.id };
}

function passkeyView({ id, name, isBackedUp, createdAt, usedAt }: PasskeyRecord): Passkey {
  return {
    id,
    name,
    isBackedUp,
    createdAt: new Date(createdAt).toISOString(),
    usedAt: usedAt === null ? null : new Date(usedAt).toISOString(),
  };
}
