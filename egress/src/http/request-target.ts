import { isPossibleHost } from '@linkcast/kit';
import { Refusal } from './refusal.ts';

/** The host and the port of a request. */
export interface RequestTarget {
  /** In the form of the URL parser: decimal, octal and hexadecimal addresses are normalised, IPv6 is in brackets. */
  readonly hostname: string;
  readonly port: number;
}

/** The target of a request without a tunnel. */
export interface ResourceTarget extends RequestTarget {
  /** Value of the Host header. */
  readonly host: string;
  /** With the query, byte for byte as the client sent it: some signatures cover it. */
  readonly path: string;
}

/** Parses the target of CONNECT: `host:port`. @throws {Refusal} */
export function parseTunnelTarget(text: string): RequestTarget {
  if (!/:\d{1,5}$/.test(text)) throw new Refusal('unreadable-request');
  return parseAuthority(text);
}

/** Parses the target of a request without a tunnel: `http://host/path`. @throws {Refusal} */
export function parseResourceTarget(text: string): ResourceTarget {
  const match = /^http:\/\/([^/?#]*)([^#]*)/i.exec(text);
  if (!match) throw new Refusal('unreadable-request');
  const [, authority = '', path = ''] = match;
  return { ...parseAuthority(authority), path: path.startsWith('/') ? path : `/${path}` };
}

function parseAuthority(authority: string): RequestTarget & { host: string } {
  // The parser reads a backslash as a slash, and the text before an @ as a user name.
  const url = /[\\@/?#]/.test(authority) ? null : URL.parse(`http://${authority}/`);
  if (!url || !isPossibleHost(url.hostname)) throw new Refusal('unreadable-request');
  return { hostname: url.hostname, port: url.port === '' ? 80 : Number(url.port), host: url.host };
}
