import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/http/refusal.ts';
import { createResponseReader } from '../../src/http/response-reader.ts';

/** The bytes for the client, of a response that arrives in these parts. */
function read(parts: readonly Buffer[]): string {
  const reader = createResponseReader('GET');
  try {
    return parts.flatMap((part) => reader.read(Buffer.from(part)).map((bytes) => bytes.toString('latin1'))).join('');
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('a response', () => {
  it('split at random bytes: gives the same bytes', () => {
    const response = Buffer.from(
      'HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\nX: \xe9\r\n\r\nthe\r\n\r\nrest',
      'latin1',
    );
    fc.assert(
      fc.property(fc.array(fc.nat(response.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), response.length];
        const parts = edges.slice(1).map((end, index) => response.subarray(edges[index], end));
        expect(read(parts)).toBe(
          'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nX: \xe9\r\nConnection: close\r\n\r\nthe\r\n\r\n',
        );
      }),
    );
  });

  it('with random header lines: gives a rewritten head or a refusal', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('Content-Length: 3', 'Transfer-Encoding: chunked', 'X:', ' y'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\nabc`;
        const given = read([Buffer.from(text, 'latin1')]);
        expect(given).toMatch(/^(?:bad-response$|HTTP\/1\.1 200 OK\r\n(?:[^\r\n]+\r\n)*Connection: close\r\n\r\n)/);
      }),
      { numRuns: 1000 },
    );
  });
});
