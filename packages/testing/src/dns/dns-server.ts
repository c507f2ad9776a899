import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import dnsPacket, { type Packet } from 'dns-packet';
import { answerQuery, type DnsMood } from './dns-answer.ts';
import { createDnsZone, type DnsType } from './dns-zone.ts';
import { portOf } from '../network/port-of.ts';

export type { DnsMood } from './dns-answer.ts';
export type { DnsType } from './dns-zone.ts';

export interface DnsServerOptions {
  /** Zones with NS and SOA records of their own; `ns1.<zone>` leads to `nameserver`. Every other name can be set too. */
  readonly zones?: readonly string[];
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: one that is free for UDP and TCP. */
  readonly port?: number;
  /** Address of the zones' servers. Default: `host`. */
  readonly nameserver?: string;
}

export interface DnsQuery {
  /** Lower case. */
  readonly name: string;
  readonly type: string;
  readonly transport: 'udp' | 'tcp';
}

/** An authoritative DNS server on loopback whose records can be changed while it runs. */
export interface DnsServer {
  readonly host: string;
  readonly port: number;
  /** `127.0.0.1:5353`, as resolvers and pebble's `-dnsserver` want it. */
  readonly hostPort: string;
  /** Every query so far, oldest first. */
  readonly queries: readonly DnsQuery[];
  /** Replaces the values of a name and type; none: removes them. CAA values are written `0 issue "ca.test"`. */
  set(name: string, type: DnsType, ...values: string[]): void;
  values(name: string, type: DnsType): readonly string[];
  /** `silent` answers nothing, `servfail` and `refused` answer that. Default: `well`. */
  behave(mood: DnsMood): void;
  close(): Promise<void>;
}

const PORT_ATTEMPTS = 20;

export async function createDnsServer(options: DnsServerOptions = {}): Promise<DnsServer> {
  const { zones = [], host = '127.0.0.1', port = 0, nameserver = host } = options;
  const zone = createDnsZone(zones, nameserver);
  const queries: DnsQuery[] = [];
  let mood: DnsMood = 'well';
  const respond = (query: Packet, transport: DnsQuery['transport']): Packet | undefined => {
    for (const { name, type } of query.questions ?? []) queries.push({ name: name.toLowerCase(), type, transport });
    return answerQuery(query, zone, mood);
  };
  const listeners = await openBoth(host, port, respond);
  return {
    host,
    port: listeners.port,
    hostPort: `${host.includes(':') ? `[${host}]` : host}:${listeners.port}`,
    queries,
    set: (name, type, ...values) => zone.set(name, type, ...values),
    values: (name, type) => zone.values(name, type),
    behave: (next) => void (mood = next),
    close: () => listeners.close(),
  };
}

type Respond = (query: Packet, transport: DnsQuery['transport']) => Packet | undefined;
interface Listeners {
  readonly port: number;
  close(): Promise<void>;
}

/** The same port for UDP and TCP: with port 0 another one is tried when the one that TCP got is taken for UDP. */
async function openBoth(host: string, port: number, respond: Respond): Promise<Listeners> {
  let lastError: unknown;
  for (let attempt = 0; attempt < (port === 0 ? PORT_ATTEMPTS : 1); attempt += 1) {
    const tcp = await openTcp(host, port, respond);
    try {
      const udp = await openUdp(host, tcp.port, respond);
      return {
        port: tcp.port,
        close: async () => {
          await Promise.all([tcp.close(), udp.close()]);
        },
      };
    } catch (error) {
      lastError = error;
      await tcp.close();
    }
  }
  throw new Error('no port is free for both UDP and TCP', { cause: lastError });
}

async function openUdp(host: string, port: number, respond: Respond): Promise<Listeners> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (message, peer) => {
    const answer = respond(dnsPacket.decode(message), 'udp');
    if (answer) socket.send(dnsPacket.encode(answer), peer.port, peer.address);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  };
  return { port, close };
}

async function openTcp(host: string, port: number, respond: Respond): Promise<Listeners> {
  const connections = new Set<Socket>();
  const server = createServer((connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => connection.destroy());
    let received = Buffer.alloc(0);
    connection.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < received.readUInt16BE(0) + 2) return;
      const answer = respond(dnsPacket.streamDecode(received), 'tcp');
      if (answer) connection.end(dnsPacket.streamEncode(answer));
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const connection of connections) connection.destroy();
    await closed;
  };
  return { port: portOf(server), close };
}
