import { Refusal } from './refusal.ts';
import { parseResponseHead } from './response-head.ts';

/** Reads a source's response: the head is written anew, the body passes unchanged. */
export interface ResponseReader {
  /** Gives the bytes for the client. Buffers of the body are parts of `chunk`. @throws {Refusal} for a head that is no HTTP. */
  read(chunk: Buffer): readonly Buffer[];
  /** True when the response is complete by its length; false while only the end of the connection shows it. */
  isComplete(): boolean;
  /** True when the response is complete if the source closes the connection now. */
  mayEnd(): boolean;
  hasHead(): boolean;
}

const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';

/** @param method of the request. */
export function createResponseReader(method: string): ResponseReader {
  let received = Buffer.alloc(0);
  let hasHead = false;
  /** Bytes of the body that have not come yet. */
  let missing: number | undefined;

  const takeBody = (chunk: Buffer): readonly Buffer[] => {
    const body = missing === undefined ? chunk : chunk.subarray(0, missing); // bytes after the body are dropped
    if (missing !== undefined) missing -= body.length;
    return body.length === 0 ? [] : [body];
  };
  const takeHead = (chunk: Buffer): readonly Buffer[] => {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf(HEAD_END);
    if (end === -1 && received.length <= MAX_HEAD_BYTES) return [];
    if (end === -1 || end > MAX_HEAD_BYTES) throw new Refusal('bad-response');
    const head = parseResponseHead(received.toString('latin1', 0, end), method);
    const rest = received.subarray(end + HEAD_END.length);
    received = Buffer.alloc(0);
    if (head.status === 101) throw new Refusal('bad-response'); // the request had no Upgrade header
    if (head.status < 200) return takeHead(rest);
    hasHead = true;
    missing = head.bodyBytes;
    return [Buffer.from(head.text, 'latin1'), ...takeBody(rest)];
  };

  return {
    read: (chunk) => (hasHead ? takeBody(chunk) : takeHead(chunk)),
    isComplete: () => hasHead && missing === 0,
    mayEnd: () => hasHead && (missing === undefined || missing === 0),
    hasHead: () => hasHead,
  };
}
