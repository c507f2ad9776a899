/** Names and values in the order of the message. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** Headers for the next hop alone (RFC 9110, section 7.6.1), and those that this proxy sets itself. */
const HOP_BY_HOP: readonly string[] = [
  ...['connection', 'keep-alive', 'te', 'trailer', 'upgrade', 'expect'],
  ...['proxy-authenticate', 'proxy-authorization', 'proxy-authentication-info', 'proxy-connection', 'proxy-status'],
];
/** Headers that frame the body: they stay, even when a Connection header names them. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding'];

/** Removes the headers for one hop, also those that a Connection header names. */
export function endToEndLines(lines: HeaderLines): HeaderLines {
  const named = valuesOf(lines, 'connection').filter((name) => !FRAMING.includes(name));
  return lines.filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase()) && !named.includes(name.toLowerCase()));
}

/** Gives all members of a list header, in lower case, over all its lines. */
export function valuesOf(lines: HeaderLines, wanted: string): string[] {
  return lines
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value.split(','))
    .map((member) => member.trim().toLowerCase());
}

/** Writes a whole head with `Connection: close`, to be sent as latin1. */
export function writeHead(firstLine: string, lines: HeaderLines): string {
  const fields = [...lines, ['Connection', 'close'] as const].map(([name, value]) => `${name}: ${value}\r\n`);
  return `${firstLine}\r\n${fields.join('')}\r\n`;
}
