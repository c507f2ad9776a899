import { accessDoor } from '@linkcast/contracts';
import type { Express, Request, Response } from 'express';
import type { Access } from '../access/access.ts';
import { readPickedCookie } from '../access/session-cookie.ts';
import type { Guard } from './guard.ts';

interface Verdict {
  readonly passes: boolean;
  readonly mediaId?: string | null;
}

const REFUSED: Verdict = { passes: false };

/** The edge asks here before it serves a page, a file, or the station; it decides itself for how long a verdict is good. */
export function bindAccessDoor(app: Express, guard: Guard, { sessions, shares, isPublic }: Access): void {
  const shareOf = (request: Request) => shares.find(request.get(accessDoor.shareHeader) ?? '');
  const judges: Record<string, (request: Request) => Verdict> = {
    site: ({ headers }) => ({ passes: sessions.find(readPickedCookie(headers) ?? '') !== undefined || isPublic }),
    'share-item': (request) => {
      const mediaId = shareOf(request)?.mediaId ?? null;
      return { passes: mediaId !== null, mediaId };
    },
    'share-station': (request) => ({ passes: shareOf(request)?.mediaId === null }),
  } satisfies Record<(typeof accessDoor.wants)[number], (request: Request) => Verdict>;

  app.get(accessDoor.path, guard.demand({ right: 'key' }), (request, response) => {
    const wants = request.get(accessDoor.wantsHeader) ?? '';
    const judge = Object.hasOwn(judges, wants) ? judges[wants] : undefined;
    answer(response, judge?.(request) ?? REFUSED);
  });
}

function answer(response: Response, { passes, mediaId }: Verdict): void {
  if (typeof mediaId === 'string') response.set(accessDoor.itemHeader, mediaId);
  response.status(passes ? 204 : 401).end();
}
