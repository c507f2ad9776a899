import { endpoints, noPreferences, paths, Problem, type Caller, type Session } from '@linkcast/contracts';
import type { Request, Response } from 'express';
import type { AccessControl } from '../../access/access-control.ts';
import { rightsOfCaller } from '../../access/authorize.ts';
import { deviceName } from '../../access/device-name.ts';
import type { BotAccountMemory } from '../../access/bot-account.ts';
import { personOf, type Identity } from '../../access/identity.ts';
import { clearSessionCookie, writeSessionCookie } from '../../access/session-cookie.ts';
import type { SignedIn, SignInBrowser } from '../../access/sign-in.ts';
import type { SessionRecord } from '../../access/session-store.ts';
import type { PersonRecord } from '../../people/person-table.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';

/** Binds signing in and out, and the list of sessions. */
export function bindSessionRoutes(bind: EndpointBinder, access: AccessControl, facts: InstallationFacts): void {
  const { sessions, signOut, codes, people } = access;
  const context = callerContext(access, facts);

  bind.answer(endpoints.getCaller, ({ identity }) => callerOf(identity, context));

  bind.answer(endpoints.signIn, async ({ body, identity, request, response }) => {
    const signedIn = await access.signIn.signIn(body, signInBrowser(request, identity));
    return openSession(signedIn, { request, response, context });
  });

  bind.answer(endpoints.signOut, async ({ identity, request, response }) => {
    const session = sessionOf(identity);
    if (session) await signOut.one(session);
    response.append('set-cookie', clearSessionCookie(request.headers));
    return undefined;
  });

  bind.answer(endpoints.listSessions, async ({ identity }) => {
    const current = sessionOf(identity);
    const [listed, everybody] = await Promise.all([sessions.list(reachOf(identity)), people.list()]);
    const byId = new Map(everybody.map((person) => [person.id, person]));
    return {
      sessions: listed.flatMap((session) => {
        const person = byId.get(session.personId);
        return person ? [sessionView(session, person, current)] : [];
      }),
    };
  });

  bind.answer(endpoints.endSession, async ({ params: { id }, identity }) => {
    const reach = await sessions.list(reachOf(identity));
    const session = reach.find((each) => each.id === id);
    if (!session || !(await signOut.one(session))) throw new Problem('not-found');
    return undefined;
  });
  bind.answer(endpoints.endOwnSessions, async ({ identity }) => ({
    ended: await signOut.everywhere(callerPerson(identity).id),
  }));

  bind.answer(endpoints.createSignInCode, async ({ body, identity }) => {
    const { id } = callerPerson(identity);
    const { code, expiresAt } = await people.whilePresent(id, () => codes.create(id, body.lifetimeSeconds));
    return { code, path: paths.signInWith(code), expiresAt: timeOf(expiresAt) };
  });
}

/** The settings of the installation that its callers see. */
export type InstallationFacts = Pick<Caller, 'maxHeight' | 'hasSponsorBlock'>;

interface CallerContext extends InstallationFacts {
  readonly bot: Pick<BotAccountMemory, 'name'>;
  readonly passkeyDomain: string;
}

/** The facts of the installation that go with every caller. */
export function callerContext({ bot, passkeys }: AccessControl, facts: InstallationFacts): CallerContext {
  return { bot, ...facts, passkeyDomain: passkeys.domain };
}

/** The caller as the API shows them. */
function callerOf(identity: Identity, { bot, ...facts }: CallerContext): Caller {
  const nothing = { personId: null, name: null, preferences: null, mediaId: null, expiresAt: null };
  const common = {
    ...nothing,
    role: identity.role,
    rights: [...rightsOfCaller(identity)],
    ...facts,
    botName: bot.name(),
  };
  if (identity.role === 'guest') {
    const { mediaId, expiresAt } = identity.share;
    return { ...common, mediaId, expiresAt: timeOf(expiresAt) };
  }
  const person = personOf(identity);
  if (!person) return common;
  const session = sessionOf(identity);
  return {
    ...common,
    personId: person.id,
    name: person.name,
    preferences: person.preferences ?? noPreferences,
    expiresAt: session ? timeOf(session.expiresAt) : null,
  };
}

/** The browser that signs in. */
export function signInBrowser(request: Request, identity: Identity): SignInBrowser {
  return { device: deviceName(request.get('user-agent') ?? ''), current: sessionOf(identity) };
}

interface SessionAnswer {
  readonly request: Request;
  readonly response: Response;
  readonly context: CallerContext;
}

/** Gives the browser the cookie of its session. @returns the caller from now on */
export function openSession(
  { person, session, token }: SignedIn,
  { request, response, context }: SessionAnswer,
): Caller {
  if (token !== undefined) response.append('set-cookie', writeSessionCookie(request.headers, token));
  return callerOf({ role: person.role, person, session }, context);
}

/** The session of the browser that calls. */
export function sessionOf(identity: Identity): SessionRecord | undefined {
  return 'session' in identity ? (identity.session ?? undefined) : undefined;
}

/** The person whose sessions a caller may list and end: themselves; undefined for callers who may manage: everybody. */
function reachOf(identity: Identity): string | undefined {
  return rightsOfCaller(identity).includes('manage') ? undefined : callerPerson(identity).id;
}

function sessionView(session: SessionRecord, person: PersonRecord, current: SessionRecord | undefined): Session {
  const { id, device, createdAt, seenAt, expiresAt } = session;
  return {
    id,
    personId: person.id,
    role: person.role,
    name: person.name,
    device,
    isCurrent: id === current?.id,
    createdAt: timeOf(createdAt),
    seenAt: timeOf(seenAt),
    expiresAt: timeOf(expiresAt),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
