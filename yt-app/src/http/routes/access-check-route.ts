import { accessCheck } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import type { AccessControl } from '../../access/access-control.ts';
import { readPickedCookie } from '../../access/session-cookie.ts';
import type { Guard } from '../endpoints/guard.ts';

interface Decision {
  readonly passes: boolean;
  readonly mediaId?: string | null;
}

const REFUSED: Decision = { passes: false };

/** Answers nginx, which sends a request before it serves a page, a file or the station. nginx decides how long an answer stays valid. */
export function bindAccessCheckRoute(app: Express, guard: Guard, { sessions, shares, isPublic }: AccessControl): void {
  const shareOf = (request: Request) => shares.find(request.get(accessCheck.shareHeader) ?? '');
  const decisions: Record<string, (request: Request) => Decision> = {
    site: ({ headers }) => ({ passes: sessions.find(readPickedCookie(headers) ?? '') !== undefined || isPublic }),
    'share-item': (request) => {
      const mediaId = shareOf(request)?.mediaId ?? null;
      return { passes: mediaId !== null, mediaId };
    },
    'share-station': (request) => ({ passes: shareOf(request)?.mediaId === null }),
  } satisfies Record<(typeof accessCheck.wants)[number], (request: Request) => Decision>;

  app.get(accessCheck.path, guard.demand({ right: 'service', services: accessCheck.services }), (request, response) => {
    const wants = request.get(accessCheck.wantsHeader) ?? '';
    const decide = Object.hasOwn(decisions, wants) ? decisions[wants] : undefined;
    answer(response, decide?.(request) ?? REFUSED);
  });
}

function answer(response: Response, { passes, mediaId }: Decision): void {
  if (typeof mediaId === 'string') response.set(accessCheck.itemHeader, mediaId);
  response.status(passes ? 204 : 401).end();
}
