import { ChallengeRecord, isProblem, Problem, type NameStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ChallengeDesk } from './challenge-desk.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface HttpDoorOptions {
  readonly apiToken: string;
  readonly status: () => NameStatus;
  readonly checks: () => readonly Check[];
  readonly challenges: ChallengeDesk;
  readonly logger: Logger;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
}

const MAX_BODY_BYTES = 4096;
const REQUEST_LIMIT_MS = 10_000;

/**
 * What others may ask: `GET /status`, `POST` and `DELETE /challenges` with the API token; `GET /healthz` and `/readyz` without.
 */
export function createHttpDoor(options: HttpDoorOptions): Server {
  const isCallerKnown = createTokenCheck(options.apiToken);

  const answer = async (request: IncomingMessage, gone: AbortSignal): Promise<Answer> => {
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path === '/healthz') return read(request, () => ({ status: 200, body: { status: 'ok' } }));
    if (path === '/readyz') return read(request, () => readiness(options.checks()));
    if (!isCallerKnown(request)) throw new Problem('unauthorized');
    if (path === '/status') return read(request, () => ({ status: 200, body: options.status() }));
    if (path === '/challenges') return changeChallenge(request, options.challenges, gone);
    throw new Problem('not-found');
  };
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void answer(request, gone.signal)
      .catch((error: unknown) => answerProblem(error, options.logger))
      .then((given) => send(request, response, given));
  });
  server.requestTimeout = REQUEST_LIMIT_MS;
  server.headersTimeout = REQUEST_LIMIT_MS;
  return server;
}

function read(request: IncomingMessage, answer: () => Answer): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Problem('method-not-allowed');
  return answer();
}

function readiness(checks: readonly Check[]): Answer {
  const ok = checks.every((check) => check.ok);
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } };
}

async function changeChallenge(request: IncomingMessage, desk: ChallengeDesk, gone: AbortSignal): Promise<Answer> {
  if (request.method !== 'POST' && request.method !== 'DELETE') throw new Problem('method-not-allowed');
  const record = ChallengeRecord.safeParse(await readJson(request));
  if (!record.success) throw new Problem('invalid-request');
  if (request.method === 'POST') await desk.set(record.data, gone);
  else await desk.remove(record.data, gone);
  return { status: 204 };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Problem('unsupported-media-type');
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // no encoding is set
    text += chunk.toString('utf8');
    if (text.length > MAX_BODY_BYTES) throw new Problem('request-too-large');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-request', {}, { cause: error });
  }
}

function answerProblem(error: unknown, logger: Logger): Answer {
  if (!isProblem(error)) logger.error({ err: error }, 'bug: request failed');
  const problem = isProblem(error) ? error : new Problem('internal');
  return { status: problem.status, body: problem.toDocument(), type: 'application/problem+json' };
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, type }: Answer): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
  });
  response.end(body === undefined || request.method === 'HEAD' ? undefined : JSON.stringify(body));
}

/** Digests have one length, which the comparison needs, and it then tells nothing about the token. */
function createTokenCheck(apiToken: string): (request: IncomingMessage) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${apiToken}`);
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected);
}
