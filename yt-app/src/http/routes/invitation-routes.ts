import { endpoints, paths, Problem, type Invitation } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import { personOf } from '../../access/identity.ts';
import type { InvitationRecord } from '../../people/invitation-store.ts';
import { personView } from '../../people/person-view.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';
import { callerContext, openSession, signInBrowser, type InstallationFacts } from './session-routes.ts';
import { telegramUrl } from './telegram-url.ts';

/** Binds making invitations, and accepting them on the site and in Telegram. */
export function bindInvitationRoutes(bind: EndpointBinder, access: AccessControl, facts: InstallationFacts): void {
  const { invitations, people, accept, bot } = access;
  const context = callerContext(access, facts);

  bind.answer(endpoints.createInvitation, async ({ body, identity }) => {
    const { id } = callerPerson(identity);
    const facts = { role: body.role, usesLeft: body.uses, createdBy: id };
    const create = () => invitations.create(facts, body.lifetimeSeconds);
    const botName = bot.name();
    const { code, invitation } = await people.whilePresent(id, create);
    return {
      ...invitationView(invitation),
      code,
      path: paths.joinWith(code),
      telegramUrl: botName === null ? null : telegramUrl(botName, code),
    };
  });
  bind.answer(endpoints.listInvitations, async () => ({
    invitations: (await invitations.list()).map(invitationView),
  }));
  bind.answer(endpoints.revokeInvitation, async ({ params }) => {
    if (!(await invitations.revoke(params.id))) throw new Problem('not-found');
    return undefined;
  });

  bind.answer(endpoints.acceptInvitation, async ({ body: { code, name }, identity, request, response }) => {
    const client = `address ${request.get('x-forwarded-for') ?? request.socket.remoteAddress ?? ''}`;
    const personId = personOf(identity)?.id ?? null;
    const person = await accept(code, { client, name, telegramId: null, personId });
    const browser = signInBrowser(request, identity);
    const { current } = browser;
    const signedIn =
      current?.personId === person.id ? { person, session: current } : await access.signIn.open(person, browser);
    return openSession(signedIn, { request, response, context });
  });
  bind.answer(endpoints.acceptInTelegram, async ({ body: { code, telegramId, name } }) => {
    const invitee = {
      client: `telegram ${telegramId}`,
      name: name === '' ? null : name.slice(0, MAX_NAME),
      telegramId,
    };
    return personView(await accept(code, { ...invitee, personId: null }));
  });
}

const MAX_NAME = 100;

function invitationView({ createdAt, expiresAt, ...invitation }: InvitationRecord): Invitation {
  return {
    ...invitation,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
