import type { IncomingMessage } from 'node:http';
import { endToEndLines, writeHead, type HeaderLines } from './header-lines.ts';
import { Refusal } from './refusal.ts';
import type { ResourceTarget } from './request-target.ts';

/** Set here, whatever the client sent. */
const OWN: readonly string[] = ['host', 'content-length', 'transfer-encoding'];

/**
 * The head that goes to the source, written anew: its framing and its Host are ours, so that nobody can read it in another
 * way than this proxy did.
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
    ...endToEndLines(pairs(request.rawHeaders)).filter(([name]) => !OWN.includes(name.toLowerCase())),
    ...(length === undefined ? [] : [['Content-Length', length] as const]),
  ];
  return writeHead(`${method} ${path} HTTP/${httpVersion}`, lines);
}

function pairs(rawHeaders: readonly string[]): HeaderLines {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) lines.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return lines;
}
