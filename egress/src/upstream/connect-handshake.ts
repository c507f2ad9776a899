import { isIPv6 } from 'node:net';
import type { EgressUpstream } from '@linkcast/contracts';
import { Refusal } from '../http/refusal.ts';
import type { CheckedTarget, UpstreamHandshake } from './handshake.ts';

const MAX_HEAD_BYTES = 8 * 1024;
const HEAD_END = '\r\n\r\n';
const ESTABLISHED = /^HTTP\/1\.[01] 2\d\d(?: |\r\n)/;
const ANY_STATUS = /^HTTP\/1\.[01] \d{3}(?: |\r\n)/;

/** Connects by an HTTP proxy: CONNECT (RFC 9110, section 9.3.6), for requests without TLS too. */
export function createConnectHandshake(upstream: EgressUpstream, target: CheckedTarget): UpstreamHandshake {
  let received = '';
  return {
    greeting: Buffer.from(requestHead(upstream, target), 'latin1'),
    read(bytes) {
      received += bytes.toString('latin1');
      const end = received.indexOf(HEAD_END);
      if (end === -1 && received.length <= MAX_HEAD_BYTES && isBeginning(received)) return Buffer.alloc(0);
      if (end === -1 || !ANY_STATUS.test(received)) throw new Refusal('upstream-bad-response');
      if (!ESTABLISHED.test(received)) throw new Refusal('upstream-refused');
      // A target of HTTP or TLS says nothing before it is asked.
      if (end + HEAD_END.length < received.length) throw new Refusal('upstream-bad-response');
      return 'done';
    },
  };
}

function requestHead({ username, password }: EgressUpstream, { address, port }: CheckedTarget): string {
  const authority = `${isIPv6(address) ? `[${address}]` : address}:${port}`;
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  const authorization = username === '' ? '' : `Proxy-Authorization: Basic ${credentials}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`;
}

/** False at once for a proxy that does not speak HTTP: it may never send the end of a head. */
function isBeginning(text: string): boolean {
  const start = 'HTTP/1.';
  return text.length < start.length ? start.startsWith(text) : text.startsWith(start);
}
