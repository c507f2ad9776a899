import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '@linkcast/contracts';
import type { RequestHandler } from 'express';

/** Lets a request pass that carries `Authorization: Bearer <token>`. Digests are compared, so the time tells nothing. */
export function createAuthentication(token: string): RequestHandler {
  const expected = digest(token);
  return (request, _response, next) => {
    const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), expected)) throw new Problem('unauthorized');
    next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
