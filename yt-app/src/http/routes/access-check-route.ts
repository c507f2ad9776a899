import { accessCheck, MediaId, type Viewer } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import type { AccessControl } from '../../access/access-control.ts';
import { readPickedCookie } from '../../access/session-cookie.ts';
import type { Library } from '../../library/library.ts';
import type { Guard } from '../endpoints/guard.ts';

export interface AccessCheckOptions {
  readonly access: Pick<AccessControl, 'people' | 'sessions' | 'shares' | 'isPublic'>;
  readonly library: Pick<Library, 'mayRead'>;
}

interface Decision {
  /** 401: signing in may help. 403: it does not exist for the caller. */
  readonly status: 204 | 401 | 403;
  readonly mediaId?: string | null;
}

type Decide = (request: Request) => Promise<Decision>;

const PASSES: Decision = { status: 204 };
const REFUSED: Decision = { status: 401 };
const HIDDEN: Decision = { status: 403 };

/** Answers nginx, which sends a request before it serves a page, a file or the station. nginx decides how long an answer stays valid. */
export function bindAccessCheckRoute(app: Express, guard: Guard, { access, library }: AccessCheckOptions): void {
  const { people, sessions, shares, isPublic } = access;
  const shareOf = (request: Request) => shares.find(request.get(accessCheck.shareHeader) ?? '');
  /** The viewer of a request's session, or a visitor; undefined: the client has no access. */
  const viewerOfSession = async ({ headers }: Request): Promise<Viewer | undefined> => {
    const session = await sessions.find(readPickedCookie(headers) ?? '');
    const person = session && (await people.get(session.personId));
    if (person) return { personId: person.id, role: person.role };
    return isPublic ? { personId: null, role: null } : undefined;
  };
  const decisions: Record<string, Decide> = {
    site: async (request) => ((await viewerOfSession(request)) ? PASSES : REFUSED),
    item: async (request) => {
      const viewer = await viewerOfSession(request);
      if (!viewer) return REFUSED;
      const id = MediaId.safeParse(request.get(accessCheck.itemHeader));
      return id.success && (await library.mayRead(id.data, viewer)) ? PASSES : HIDDEN;
    },
    'share-item': async (request) => {
      const mediaId = (await shareOf(request))?.mediaId ?? null;
      const passes = mediaId !== null && (await library.mayRead(mediaId, 'everything'));
      return passes ? { status: 204, mediaId } : REFUSED;
    },
    'share-station': async (request) => ((await shareOf(request))?.mediaId === null ? PASSES : REFUSED),
  } satisfies Record<(typeof accessCheck.wants)[number], Decide>;

  const demand = guard.demand({ right: 'service', services: accessCheck.services });
  app.get(accessCheck.path, demand, async (request, response) => {
    const wants = request.get(accessCheck.wantsHeader) ?? '';
    const decide = Object.hasOwn(decisions, wants) ? decisions[wants] : undefined;
    answer(response, (await decide?.(request)) ?? REFUSED);
  });
}

function answer(response: Response, { status, mediaId }: Decision): void {
  if (typeof mediaId === 'string') response.set(accessCheck.itemHeader, mediaId);
  response.status(status).end();
}
