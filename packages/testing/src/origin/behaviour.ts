import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { textAnswer, type Answer } from './answer.ts';
import { damaged } from './damaged.ts';
import { createTokenBucket, type TokenBucket } from '../network/token-bucket.ts';

/** The fault of an origin at a path. Sizes are bytes. */
export type Behaviour =
  /** At most so many bytes a second, over all connections to the path. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** Sends a part, then nothing, and never ends. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** Ends early. `whole` announces the full length and breaks the connection; `sent` announces what it sends. */
  | { readonly kind: 'truncate'; readonly afterBytes: number; readonly contentLength: 'whole' | 'sent' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Sends the first bytes of the file, then zeros for ever, without a length. */
  | { readonly kind: 'endless' }
  /** So many zeros, compressed about a thousand times. */
  | { readonly kind: 'gzip-bomb'; readonly bytes: number }
  /** Announces so many bytes; sends the file, then zeros. */
  | { readonly kind: 'huge'; readonly contentLength: number }
  /** Answers a request for a range with the whole, as if no range had been asked for. */
  | { readonly kind: 'ignore-range' }
  /** Sends noise in place of so many bytes, from this one of the file on; the length is right. */
  | { readonly kind: 'damage'; readonly from: number; readonly bytes: number }
  /** Sends the status line after so many seconds. */
  | { readonly kind: 'slow-header'; readonly seconds: number }
  /** Serves this text instead, as whatever it is said to be: a web page as video/mp4, a playlist as .mp4. */
  | { readonly kind: 'body'; readonly contentType: string; readonly body: string };

/** Turns a good answer into a bad one. The signal is aborted when the client disconnects. */
export type Misbehave = (answer: Answer, signal: AbortSignal) => Answer | Promise<Answer>;

const ZEROS = Buffer.alloc(64 * 1024);

/** A range is ignored where the answer is made: origin-content.ts. */
export function createMisbehaviour(behaviour: Exclude<Behaviour, { kind: 'ignore-range' }>): Misbehave {
  switch (behaviour.kind) {
    case 'throttle': {
      const bucket = createTokenBucket(behaviour.bytesPerSecond);
      return (answer, signal) => throttled(answer, bucket, signal);
    }
    case 'stall':
      return (answer, signal) => ({ ...answer, body: stalled(answer.body, behaviour.afterBytes, signal) });
    case 'truncate':
      return (answer) => truncated(answer, behaviour);
    case 'status':
      return () => {
        const answer = textAnswer(`status ${behaviour.status}`, 'text/plain', behaviour.status);
        return { ...answer, headers: { ...answer.headers, ...behaviour.headers } };
      };
    case 'redirect':
      return () => ({ status: 302, headers: { location: behaviour.to, 'content-length': 0 }, body: [] });
    case 'endless':
      return (answer) => ({
        status: 200,
        headers: { 'content-type': contentType(answer) },
        body: padded(answer.body, Infinity),
      });
    case 'gzip-bomb':
      return (answer) => ({
        status: 200,
        headers: { 'content-type': contentType(answer), 'content-encoding': 'gzip' },
        body: Readable.from(padded([], behaviour.bytes)).pipe(createGzip()) as AsyncIterable<Buffer>, // gzip gives buffers
      });
    case 'huge':
      return (answer) => ({
        status: 200,
        headers: { 'content-type': contentType(answer), 'content-length': behaviour.contentLength },
        body: padded(answer.body, behaviour.contentLength),
      });
    case 'damage':
      return (answer) => damaged(answer, behaviour);
    case 'slow-header':
      return (answer, signal) => delay(behaviour.seconds * 1000, answer, { signal });
    case 'body':
      return () => textAnswer(behaviour.body, behaviour.contentType);
  }
}

/** The same answer, no faster than the bucket gives. */
export function throttled(answer: Answer, bucket: TokenBucket, signal: AbortSignal): Answer {
  return { ...answer, body: paced(answer.body, bucket, signal) };
}

async function* paced(body: Answer['body'], bucket: TokenBucket, signal: AbortSignal): AsyncGenerator<Buffer> {
  const step = 16 * 1024; // small, so that connections take turns
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += step) {
      const part = chunk.subarray(at, at + step);
      await bucket.take(part.length, signal);
      yield part;
    }
  }
}

async function* stalled(body: Answer['body'], afterBytes: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  yield* firstBytes(body, afterBytes);
  if (!signal.aborted) await once(signal, 'abort');
}

function truncated(answer: Answer, behaviour: Behaviour & { kind: 'truncate' }): Answer {
  const body = firstBytes(answer.body, behaviour.afterBytes);
  if (behaviour.contentLength === 'whole') return { ...answer, body: broken(body) };
  return {
    status: 200,
    headers: { 'content-type': contentType(answer), 'content-length': behaviour.afterBytes },
    body,
  };
}

async function* broken(body: Answer['body']): AsyncGenerator<Buffer> {
  yield* body;
  throw new Error('the origin breaks the connection');
}

async function* firstBytes(body: Answer['body'], bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of body) {
    if (left <= 0) return;
    yield chunk.subarray(0, left);
    left -= chunk.length;
  }
}

async function* padded(body: Answer['body'], bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
  for (; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

function contentType(answer: Answer): string {
  return String(answer.headers['content-type'] ?? 'application/octet-stream');
}
