import { accessCheck } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import type { AccessControl } from '../../access/access-control.ts';
import { readPickedCookie } from '../../access/session-cookie.ts';
import type { Guard } from '../endpoints/guard.ts';

interface Decision {
  readonly passes: boolean;
  readonly mediaId?: string | null;
}

type Decide = (request: Request) => Promise<Decision>;

const REFUSED: Decision = { passes: false };

/** Answers nginx, which sends a request before it serves a page, a file or the station. nginx decides how long an answer stays valid. */
export function bindAccessCheckRoute(app: Express, guard: Guard, access: AccessControl): void {
  const { people, sessions, shares, isPublic } = access;
  const shareOf = (request: Request) => shares.find(request.get(accessCheck.shareHeader) ?? '');
  const decisions: Record<string, Decide> = {
    site: async ({ headers }) => {
      const session = await sessions.find(readPickedCookie(headers) ?? '');
      const person = session && (await people.get(session.personId));
      return { passes: person !== undefined || isPublic };
    },
    'share-item': async (request) => {
      const mediaId = (await shareOf(request))?.mediaId ?? null;
      return { passes: mediaId !== null, mediaId };
    },
    'share-station': async (request) => ({ passes: (await shareOf(request))?.mediaId === null }),
  } satisfies Record<(typeof accessCheck.wants)[number], Decide>;

  const demand = guard.demand({ right: 'service', services: accessCheck.services });
  app.get(accessCheck.path, demand, async (request, response) => {
    const wants = request.get(accessCheck.wantsHeader) ?? '';
    const decide = Object.hasOwn(decisions, wants) ? decisions[wants] : undefined;
    answer(response, (await decide?.(request)) ?? REFUSED);
  });
}

function answer(response: Response, { passes, mediaId }: Decision): void {
  if (typeof mediaId === 'string') response.set(accessCheck.itemHeader, mediaId);
  response.status(passes ? 204 : 401).end();
}
