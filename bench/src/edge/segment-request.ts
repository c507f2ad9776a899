import { once } from 'node:events';
import http from 'node:http';
import { segmentRange } from './media-file.ts';

export interface SegmentRequest {
  readonly port: number;
  readonly path: string;
  readonly cookie: string;
  /** Index of the segment. */
  readonly number: number;
  readonly agent?: http.Agent;
  /** The address it comes from. */
  readonly localAddress?: string;
}

const LIMIT_MS = 10_000;

/**
 * Fetches one segment as a browser does: a connection that was kept, and that the server closed at that very moment, is
 * no failure, and the request is sent once more on a new one (RFC 9110, section 9.2.2).
 *
 * @throws when it is not answered, or not with 206.
 */
export async function requestSegment(wanted: SegmentRequest): Promise<void> {
  const isStale = await send(wanted);
  if (isStale) await send({ ...wanted, agent: new http.Agent() });
}

/** @returns true when the connection was an old one that the server had closed. */
async function send({ number, ...options }: SegmentRequest): Promise<boolean> {
  const request = http.get({
    ...options,
    host: '127.0.0.1',
    headers: { host: 'localhost', cookie: options.cookie, range: segmentRange(number) },
    timeout: LIMIT_MS,
  });
  request.once('timeout', () => request.destroy(new Error('no answer in time')));
  try {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]; // what node emits
    response.resume();
    await once(response, 'end');
    if (response.statusCode !== 206) throw new Error(`a segment was answered ${response.statusCode ?? 0}`);
    return false;
  } catch (error) {
    if (request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return true; // node's own code
    throw error;
  }
}
