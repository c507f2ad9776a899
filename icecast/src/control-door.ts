import { isProblem, Problem, type FeederStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';

export interface ControlDoorOptions {
  readonly apiToken: string;
  /** Ends the track that is on air; false when nothing is being sent. */
  readonly skip: () => boolean;
  readonly status: () => Promise<FeederStatus>;
  readonly logger: Logger;
}

/** What yt-app may ask of the station: `POST /skip`, `GET /status` (both with the API token), `GET /healthz`. */
export function createControlDoor({ apiToken, skip, status, logger }: ControlDoorOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.use(requireToken(apiToken));
  app.post('/skip', (_request, response) => {
    if (!skip()) throw new Problem('station-unavailable');
    response.status(202).json({ skipped: true });
  });
  app.get('/status', async (_request, response) => void response.json(await status()));
  app.use(() => {
    throw new Problem('not-found');
  });
  app.use(answerProblem(logger));
  return app;
}

function requireToken(apiToken: string): RequestHandler {
  const expected = digest(`Bearer ${apiToken}`);
  return (request, _response, next) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) throw new Problem('unauthorized');
    next();
  };
}

/** Digests have one length, which the comparison needs, and it then tells nothing about the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function answerProblem(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (!isProblem(error)) logger.error({ err: error }, 'bug: request failed');
    const problem = isProblem(error) ? error : new Problem('internal');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem.toDocument()));
  };
}
