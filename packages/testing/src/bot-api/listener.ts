import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { BotApiState } from './bot-api-state.ts';
import { BotApiFailure } from './failure.ts';
import type { createFaults, Fault } from './faults.ts';
import { createMethods } from './methods/methods.ts';
import { createPace } from './pace.ts';
import { integerOf, readParameters, type CallParameters } from './parameters.ts';

/** One call that arrived; `refusal` is the status when it was not answered with `ok: true`, 0 for no answer at all. */
export interface RecordedCall {
  readonly method: string;
  readonly parameters: CallParameters;
  readonly at: number;
  refusal?: number;
}

export interface BotApiListenerOptions {
  readonly state: BotApiState;
  readonly token: string;
  readonly faults: ReturnType<typeof createFaults>;
  readonly editsPerSecond: number | undefined;
  /** Every call that arrives is added. */
  readonly calls: RecordedCall[];
}

/** The side of the server that the bot is on: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function createBotApiListener({
  state,
  token,
  faults,
  editsPerSecond,
  calls,
}: BotApiListenerOptions): RequestListener {
  const methods = createMethods(state);
  const pace = editsPerSecond === undefined ? undefined : createPace(editsPerSecond);

  const call = async (record: RecordedCall, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method: name, parameters } = record;
    const fault = faults.take(name, integerOf(parameters, 'chat_id'));
    if (fault) {
      await suffer(fault, request, response, record);
      return;
    }
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new BotApiFailure(404, 'Not Found: method not found');
    if (name.startsWith('edit')) pace?.(integerOf(parameters, 'chat_id') ?? 0);
    answer(response, 200, { ok: true, result: await method(parameters, hangUp(response)) });
  };

  const record = async (request: IncomingMessage, response: ServerResponse, method: string, query: URLSearchParams) => {
    const entry: RecordedCall = { method, parameters: await readParameters(request, query), at: Date.now() };
    calls.push(entry);
    await call(entry, request, response).catch((error: unknown) => {
      if (error instanceof BotApiFailure) entry.refusal = error.code;
      throw error;
    });
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, kind, given, rest] = /^\/(bot|file\/bot)([^/]+)\/(.+)$/.exec(pathname) ?? [];
    if (given === undefined || rest === undefined || !/^\d+:[\w-]{10,}$/.test(decodeURIComponent(given)))
      throw new BotApiFailure(404, 'Not Found');
    if (decodeURIComponent(given) !== token) throw new BotApiFailure(401, 'Unauthorized');
    if (kind === 'bot') await record(request, response, rest, searchParams);
    else sendFile(response, state.files.get(rest.replace('documents/', '')));
  };

  return (request, response) => {
    void route(request, response).catch((error: unknown) => {
      if (error instanceof BotApiFailure) answer(response, error.code, error.toAnswer());
      else response.destroy(error instanceof Error ? error : undefined);
    });
  };
}

async function suffer(fault: Fault, request: IncomingMessage, response: ServerResponse, record: RecordedCall) {
  if (fault.kind === 'refuse') throw new BotApiFailure(fault.code, fault.description, fault.retryAfter);
  record.refusal = 0;
  if (fault.kind === 'reset') request.socket.resetAndDestroy();
  if (fault.kind === 'hang') await new Promise((resolve) => response.once('close', resolve));
  if (fault.kind === 'html') {
    response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' });
    response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendFile(response: ServerResponse, file: Buffer | undefined): void {
  if (!file) throw new BotApiFailure(404, 'Not Found: file not found');
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
}

/** Aborted when the client disconnects. */
function hangUp(response: ServerResponse): AbortSignal {
  const disconnected = new AbortController();
  response.once('close', () => disconnected.abort());
  return disconnected.signal;
}
