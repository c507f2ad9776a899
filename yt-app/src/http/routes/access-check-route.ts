import { accessCheck } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import type { AccessControl } from '../../access/access-control.ts';
import { readPickedCookie } from '../../access/session-cookie.ts';
import type { Guard } from '../endpoints/guard.ts';

interface Verdict {
  readonly passes: boolean;
  readonly mediaId?: string | null;
}

const REFUSED: Verdict = { passes: false };

/** nginx sends a request here before it serves a page, a file, or the station; it decides for how long a verdict is good. */
export function bindAccessCheckRoute(app: Express, guard: Guard, { sessions, shares, isPublic }: AccessControl): void {
  const shareOf = (request: Request) => shares.find(request.get(accessCheck.shareHeader) ?? '');
  const judges: Record<string, (request: Request) => Verdict> = {
    site: ({ headers }) => ({ passes: sessions.find(readPickedCookie(headers) ?? '') !== undefined || isPublic }),
    'share-item': (request) => {
      const mediaId = shareOf(request)?.mediaId ?? null;
      return { passes: mediaId !== null, mediaId };
    },
    'share-station': (request) => ({ passes: shareOf(request)?.mediaId === null }),
  } satisfies Record<(typeof accessCheck.wants)[number], (request: Request) => Verdict>;

  app.get(accessCheck.path, guard.demand({ right: 'service', services: accessCheck.services }), (request, response) => {
    const wants = request.get(accessCheck.wantsHeader) ?? '';
    const judge = Object.hasOwn(judges, wants) ? judges[wants] : undefined;
    answer(response, judge?.(request) ?? REFUSED);
  });
}

function answer(response: Response, { passes, mediaId }: Verdict): void {
  if (typeof mediaId === 'string') response.set(accessCheck.itemHeader, mediaId);
  response.status(passes ? 204 : 401).end();
}
