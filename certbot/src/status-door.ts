import { isProblem, Problem, texts, type CertificateStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface StatusDoorOptions {
  readonly apiToken: string;
  readonly status: () => Promise<CertificateStatus>;
  readonly logger: Logger;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

const REQUEST_LIMIT_MS = 10_000;

/** What others may ask: `GET /status` with the API token, `GET /readyz` and `GET /healthz` without. */
export function createStatusDoor({ apiToken, status, logger }: StatusDoorOptions): Server {
  const expected = digest(`Bearer ${apiToken}`);
  const isCallerKnown = (request: IncomingMessage): boolean =>
    timingSafeEqual(digest(request.headers.authorization ?? ''), expected);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const path = request.url?.split('?', 1)[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Problem('method-not-allowed');
    if (path === '/healthz') return { status: 200, body: { status: 'ok' } };
    if (path === '/readyz') return readiness(await status());
    if (!isCallerKnown(request)) throw new Problem('unauthorized');
    if (path === '/status') return { status: 200, body: await status() };
    throw new Problem('not-found');
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => answerProblem(error, logger))
      .then(({ status, body, type = 'application/json' }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
      });
  });
  server.requestTimeout = REQUEST_LIMIT_MS;
  server.headersTimeout = REQUEST_LIMIT_MS;
  return server;
}

/** Ready: there is a certificate that needs nothing, or there is to be none. */
function readiness({ state, notAfter, lastError }: CertificateStatus): Answer {
  const ok = state === 'off' || (state === 'valid' && lastError === null);
  const detail = lastError?.sentence ?? texts.certificate.states[state](notAfter?.slice(0, 10) ?? '');
  const checks = [{ name: 'certificate', ok, detail }];
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } };
}

function answerProblem(error: unknown, logger: Logger): Answer {
  if (!isProblem(error)) logger.error({ err: error }, 'bug: request failed');
  const problem = isProblem(error) ? error : new Problem('internal');
  return { status: problem.status, body: problem.toDocument(), type: 'application/problem+json' };
}

/** Digests have one length, which the comparison needs, and it then tells nothing about the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
