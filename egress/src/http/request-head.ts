import type { IncomingMessage } from 'node:http';
import { endToEndLines, writeHead, type HeaderLines } from './header-lines.ts';
import { Refusal } from './refusal.ts';
import type { ResourceTarget } from './request-target.ts';

/** Headers that are replaced, whatever the client sent. */
const REPLACED: readonly string[] = ['host', 'content-length', 'transfer-encoding'];

/**
 * Writes the head of the request to the source. Its framing and its Host are written anew, so that no server reads them in
 * another way than this proxy.
 *
 * @throws {Refusal} for a body of unknown length, and for another protocol.
 */
export function writeRequestHead(request: IncomingMessage, { host, path }: ResourceTarget): string {
  const { method = 'GET', httpVersion, headers } = request;
  if (headers['transfer-encoding'] !== undefined) throw new Refusal('length-needed');
  if (headers.upgrade !== undefined) throw new Refusal('no-upgrade');
  const length = headers['content-length'];
  const lines: HeaderLines = [
    ['Host', host],
    ...endToEndLines(pairs(request.rawHeaders)).filter(([name]) => !REPLACED.includes(name.toLowerCase())),
    ...(length === undefined ? [] : [['Content-Length', length] as const]),
  ];
  return writeHead(`${method} ${path} HTTP/${httpVersion}`, lines);
}

function pairs(rawHeaders: readonly string[]): HeaderLines {
  const lines: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return lines;
}
