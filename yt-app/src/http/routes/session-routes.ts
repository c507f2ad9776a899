import type { SignInCodeRequest } from '@linkcast/contracts';
import { endpoints, paths, Problem, type Caller, type Session } from '@linkcast/contracts';
import type { z } from 'zod';
import type { AccessControl } from '../../access/access-control.ts';
import { rightsOfCaller } from '../../access/authorize.ts';
import { deviceName } from '../../access/device-name.ts';
import type { Identity } from '../../access/identity.ts';
import { clearSessionCookie, writeSessionCookie } from '../../access/session-cookie.ts';
import type { SessionRecord } from '../../access/session-store.ts';
import type { CodeHolder } from '../../access/sign-in-code-store.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds signing in and out, and the list of sessions. */
export function bindSessionRoutes(bind: EndpointBinder, access: AccessControl, maxHeight: number): void {
  const { sessions, codes, membership } = access;
  const callerOf = (identity: Identity): Caller => ({
    ...factsOf(identity),
    maxHeight,
    botName: membership.botName(),
  });

  bind.answer(endpoints.getCaller, ({ identity }) => callerOf(identity));

  bind.answer(endpoints.signIn, async ({ body, identity, request, response }) => {
    const device = deviceName(request.get('user-agent') ?? '');
    const { session, token } = await access.signIn(body, { device, current: sessionOf(identity) });
    if (token !== undefined) response.append('set-cookie', writeSessionCookie(request.headers, token));
    return callerOf({ role: session.role, session });
  });

  bind.answer(endpoints.signOut, async ({ identity, request, response }) => {
    const session = sessionOf(identity);
    if (session) await sessions.end(session.id);
    response.append('set-cookie', clearSessionCookie(request.headers));
    return undefined;
  });

  bind.answer(endpoints.listSessions, async ({ identity }) => {
    const current = sessionOf(identity);
    const listed = await sessions.list(reachOf(identity));
    return { sessions: listed.map((session) => sessionView(session, current)) };
  });

  bind.answer(endpoints.endSession, async ({ params: { id }, identity }) => {
    const reach = await sessions.list(reachOf(identity));
    const isTheirs = reach.some((session) => session.id === id);
    if (!isTheirs || !(await sessions.end(id))) throw new Problem('not-found');
    return undefined;
  });

  bind.answer(endpoints.createSignInCode, async ({ body }) => {
    const { code, expiresAt } = await codes.create(holderOf(body), body.lifetimeSeconds);
    return { code, path: paths.signInWith(code), expiresAt: timeOf(expiresAt) };
  });
}

function factsOf(identity: Identity): Pick<Caller, 'role' | 'name' | 'rights' | 'mediaId' | 'expiresAt'> {
  const nothing = { name: null, mediaId: null, expiresAt: null };
  const common = { ...nothing, role: identity.role, rights: [...rightsOfCaller(identity)] };
  if ('session' in identity) {
    const { name, expiresAt } = identity.session;
    return { ...common, name, expiresAt: timeOf(expiresAt) };
  }
  if (identity.role !== 'guest') return common;
  const { mediaId, expiresAt } = identity.share;
  return { ...common, mediaId, expiresAt: timeOf(expiresAt) };
}

function sessionOf(identity: Identity): SessionRecord | undefined {
  return 'session' in identity ? identity.session : undefined;
}

/** The sessions that a caller may list and end: a member their own, the others all. */
function reachOf(identity: Identity): { telegramId: number | null } | undefined {
  return identity.role === 'member' ? { telegramId: identity.session.telegramId } : undefined;
}

function sessionView(session: SessionRecord, current: SessionRecord | undefined): Session {
  const { id, role, name, device, createdAt, seenAt, expiresAt } = session;
  return {
    id,
    role,
    name,
    device,
    isCurrent: id === current?.id,
    createdAt: timeOf(createdAt),
    seenAt: timeOf(seenAt),
    expiresAt: timeOf(expiresAt),
  };
}

function holderOf({ role, telegramId, name }: z.output<typeof SignInCodeRequest>): CodeHolder {
  return { role, telegramId: telegramId ?? null, name: name ?? null };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
