import { isIPv6 } from 'node:net';
import type { EgressUpstream } from '@linkcast/contracts';
import ipaddr from 'ipaddr.js';
import { Refusal } from '../http/refusal.ts';
import type { CheckedTarget, UpstreamHandshake } from './handshake.ts';

const VERSION = 5;
const METHOD = { none: 0, password: 2 } as const;
const PASSWORD_VERSION = 1;
const CONNECT = 1;
const ADDRESS_TYPE = { ipv4: 1, name: 3, ipv6: 4 } as const;
const SUCCESS = 0;
const NOTHING = Buffer.alloc(0);

/** The length of a reply's fixed part: version, result, reserved, type of the address. */
const REPLY_HEAD_BYTES = 4;
const PORT_BYTES = 2;

/** Connects by SOCKS 5 (RFC 1928), with a password where the proxy wants one (RFC 1929). */
export function createSocksHandshake(upstream: EgressUpstream, target: CheckedTarget): UpstreamHandshake {
  const methods = upstream.username === '' ? [METHOD.none] : [METHOD.none, METHOD.password];
  let received = NOTHING;
  /** Takes a whole answer from what was received; undefined: it has not come yet. */
  const take = (length: number): Buffer | undefined => {
    if (received.length < length) return undefined;
    const answer = received.subarray(0, length);
    received = received.subarray(length);
    return answer;
  };
  let step: 'method' | 'password' | 'reply' = 'method';

  const readMethod = (): Buffer => {
    const [version, method] = take(2) ?? [];
    if (version === undefined) return NOTHING;
    if (version !== VERSION) throw new Refusal('upstream-bad-response');
    if (method === METHOD.password && methods.includes(METHOD.password)) {
      step = 'password';
      return passwordRequest(upstream);
    }
    if (method !== METHOD.none) throw new Refusal('upstream-refused');
    step = 'reply';
    return connectRequest(target);
  };
  const readPassword = (): Buffer => {
    const [version, result] = take(2) ?? [];
    if (version === undefined) return NOTHING;
    if (version !== PASSWORD_VERSION) throw new Refusal('upstream-bad-response');
    if (result !== SUCCESS) throw new Refusal('upstream-refused');
    step = 'reply';
    return connectRequest(target);
  };
  const readReply = (): Buffer | 'done' => {
    const [version, result] = received;
    if (version !== undefined && version !== VERSION) throw new Refusal('upstream-bad-response');
    if (result !== undefined && result !== SUCCESS) throw new Refusal('upstream-refused');
    const length = replyLength(received);
    if (length === undefined || !take(length)) return NOTHING;
    if (received.length > 0) throw new Refusal('upstream-bad-response'); // the target was not asked yet
    return 'done';
  };
  const readers = { method: readMethod, password: readPassword, reply: readReply };
  return {
    greeting: Buffer.from([VERSION, methods.length, ...methods]),
    read(bytes) {
      received = Buffer.concat([received, bytes]);
      return readers[step]();
    },
  };
}

function passwordRequest({ username, password }: EgressUpstream): Buffer {
  const parts = [username, password].map((text) => Buffer.from(text));
  return Buffer.concat([
    Buffer.from([PASSWORD_VERSION]),
    ...parts.flatMap((part) => [Buffer.from([Math.min(part.length, 255)]), part.subarray(0, 255)]),
  ]);
}

function connectRequest({ address, port }: CheckedTarget): Buffer {
  const type = isIPv6(address) ? ADDRESS_TYPE.ipv6 : ADDRESS_TYPE.ipv4;
  const portBytes = [port >> 8, port & 0xff];
  return Buffer.from([VERSION, CONNECT, 0, type, ...ipaddr.parse(address).toByteArray(), ...portBytes]);
}

/** The length of a reply, which has the address from which the proxy connects; undefined: not known yet. */
function replyLength(reply: Buffer): number | undefined {
  const [, , , type, nameLength] = reply;
  const rest = REPLY_HEAD_BYTES + PORT_BYTES;
  switch (type) {
    case undefined:
      return undefined;
    case ADDRESS_TYPE.ipv4:
      return rest + 4;
    case ADDRESS_TYPE.ipv6:
      return rest + 16;
    case ADDRESS_TYPE.name:
      return nameLength === undefined ? undefined : rest + 1 + nameLength;
    default:
      throw new Refusal('upstream-bad-response');
  }
}
