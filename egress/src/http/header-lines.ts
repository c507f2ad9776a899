/** Names and values in the order in which they came. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** Headers that are for the next hop alone (RFC 9110, section 7.6.1), and those that this proxy sets itself. */
const HOP_BY_HOP: readonly string[] = [
  ...['connection', 'keep-alive', 'te', 'trailer', 'upgrade', 'expect'],
  ...['proxy-authenticate', 'proxy-authorization', 'proxy-authentication-info', 'proxy-connection', 'proxy-status'],
];
/** What frames the body is never dropped because a Connection header names it. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding'];

/** Without what is for one hop alone, also what a Connection header names. */
export function endToEndLines(lines: HeaderLines): HeaderLines {
  const named = valuesOf(lines, 'connection').filter((name) => !FRAMING.includes(name));
  return lines.filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase()) && !named.includes(name.toLowerCase()));
}

/** All members of a list header, lower case, over all its lines. */
export function valuesOf(lines: HeaderLines, wanted: string): string[] {
  return lines
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value.split(','))
    .map((member) => member.trim().toLowerCase());
}

/** A whole head, ready to be sent as latin1. The connection ends with this message. */
export function writeHead(firstLine: string, lines: HeaderLines): string {
  const fields = [...lines, ['Connection', 'close'] as const].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${firstLine}\r\n${fields.join('')}\r\n`;
}
