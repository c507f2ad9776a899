import { endToEndLines, valuesOf, writeHead, type HeaderLines } from './header-lines.ts';
import { Refusal } from './refusal.ts';

/** The head of a source's response. */
export interface ResponseHead {
  readonly status: number;
  /** The head for the client, written anew. */
  readonly text: string;
  /** Bytes of the body; undefined: it ends with the connection, or with its last chunk. */
  readonly bodyBytes: number | undefined;
}

const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
/** A token (RFC 9110, section 5.6.2), a colon, and a value without control characters. */
const FIELD = /^([!#$%&'*+.^_`|~\dA-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Parses a head without the empty line at its end. A head that two programs could frame in different ways is refused.
 *
 * @param method of the request.
 * @throws {Refusal}
 */
export function parseResponseHead(text: string, method: string): ResponseHead {
  const [first = '', ...fields] = text.split('\r\n');
  const [, digits, reason = ''] = STATUS_LINE.exec(first) ?? [];
  if (digits === undefined) throw new Refusal('bad-response');
  const status = Number(digits);
  const lines = fields.map(parseField);
  const bodyBytes = hasNoBody(status, method) ? 0 : bodyLength(lines);
  return { status, text: writeHead(`HTTP/1.1 ${digits} ${reason}`, endToEndLines(lines)), bodyBytes };
}

function parseField(line: string): readonly [string, string] {
  const [, name, value] = FIELD.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Refusal('bad-response');
  return [name, value.trim()];
}

function hasNoBody(status: number, method: string): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

function bodyLength(lines: HeaderLines): number | undefined {
  const codings = valuesOf(lines, 'transfer-encoding');
  const lengths = new Set(valuesOf(lines, 'content-length'));
  if (codings.length > 0) {
    if (codings.join() !== 'chunked' || lengths.size > 0) throw new Refusal('bad-response');
    return undefined;
  }
  const [length] = lengths;
  if (length === undefined) return undefined;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) throw new Refusal('bad-response');
  return Number(length);
}
