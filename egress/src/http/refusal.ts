import type { Socket } from 'node:net';

/** The status of each refusal, its error type of RFC 9209 (section 2.3) for programs, and a sentence for people. */
const refusals = {
  'unreadable-request': [400, 'http_request_error', 'The request cannot be read'],
  'forbidden-address': [403, 'destination_ip_prohibited', 'This address is not a source'],
  'ticket-needed': [407, 'http_request_denied', 'A valid ticket is needed'],
  'length-needed': [411, 'http_request_error', 'A body needs a Content-Length'],
  'over-limit': [413, 'http_request_denied', 'This job has received as many bytes as it may'],
  'no-upgrade': [501, 'http_request_denied', 'The protocol cannot be changed'],
  'no-address': [502, 'destination_not_found', 'The host has no address'],
  'dns-error': [502, 'dns_error', 'The name servers cannot tell the address'],
  unreachable: [502, 'destination_unavailable', 'The host cannot be reached'],
  'bad-response': [502, 'http_protocol_error', 'The host answers with something that is no HTTP'],
  'upstream-refused': [502, 'connection_refused', 'The outbound proxy refuses the connection'],
  'upstream-unreachable': [502, 'destination_unavailable', 'The outbound proxy cannot be reached'],
  'upstream-bad-response': [502, 'http_protocol_error', 'The outbound proxy answers with something else'],
  'upstream-timeout': [504, 'connection_timeout', 'The outbound proxy does not answer in time'],
  'too-many-connections': [503, 'connection_limit_reached', 'Too many connections are open'],
  'dns-timeout': [504, 'dns_timeout', 'The name servers do not answer in time'],
  'connection-timeout': [504, 'connection_timeout', 'The host does not answer in time'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type RefusalCode = keyof typeof refusals;

/** The refusal of a proxied request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly status: number;

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(refusals[code][2], options);
    this.code = code;
    this.status = refusals[code][0];
  }
}

/** Answers with a refusal and closes the connection. Nothing may have been sent to the client before. */
export function sendRefusal(client: Socket, refusal: Refusal): void {
  if (client.writable) client.write(responseOf(refusal));
  client.destroySoon();
}

function responseOf({ code, status, message }: Refusal): string {
  const lines = [
    `HTTP/1.1 ${status} ${message}`,
    `Proxy-Status: linkcast-egress; error=${refusals[code][1]}`,
    ...(code === 'ticket-needed' ? ['Proxy-Authenticate: Basic realm="linkcast-egress"'] : []),
    'Content-Type: text/plain',
    `Content-Length: ${message.length}`,
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${message}`;
}
