import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer.ts';
import type { OriginContent } from './origin-content.ts';

export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Body bytes handed to the socket so far. */
  sentBytes: number;
  /** Time of the last of them, in milliseconds since 1970; 0 before the first. */
  lastSentAt: number;
}

/** @param requests every request that arrives is added. */
export function createOriginListener(content: OriginContent, requests: OriginRequest[]): RequestListener {
  return (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://origin').pathname);
    const { method = '', headers } = request;
    const record: OriginRequest = { method, path, headers, sentBytes: 0, lastSentAt: 0 };
    requests.push(record);
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort());
    void content
      .answer({ path, range: headers.range }, disconnected.signal)
      .then((given) => send(response, record, given))
      .catch(() => response.destroy()); // the client left, or the behaviour breaks the connection
  };
}

async function send(response: ServerResponse, record: OriginRequest, answer: Answer): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  if (record.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  await pipeline(Readable.from(counted(answer.body, record)), response);
}

async function* counted(body: Answer['body'], record: OriginRequest): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    record.sentBytes += chunk.length;
    record.lastSentAt = Date.now();
    yield chunk;
  }
}
