import { ChallengeRecord, type NameStatus } from '@linkcast/contracts';
import { portOf, type DnsServer } from '@linkcast/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const STATUS: NameStatus = {
  name: 'home.linkcast.test',
  provider: 'stand-in',
  state: 'unknown',
  addresses: [],
  routerAddress: null,
  reach: { checkedAt: null, http: 'unknown', https: 'unknown' },
  checkedAt: null,
  nextCheckAt: null,
  lastError: null,
  canAnswerChallenges: true,
};

/** A server with the `/challenges` endpoints of the DDNS updater, which write into a DNS server of the tests. */
export interface DdnsStandIn {
  readonly url: string;
  /** Method, path and Authorization of every request, oldest first. */
  readonly requests: readonly string[];
  /** Sets the state of the name; `right` at the start. */
  setState(state: NameStatus['state']): void;
  /** Refuses all records from now on. */
  refuse(): void;
  stop(): Promise<void>;
}

export async function startDdns(dns: DnsServer): Promise<DdnsStandIn> {
  const requests: string[] = [];
  let isRefusing = false;
  let state: NameStatus['state'] = 'right';
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    if (request.method === 'GET') return void response.end(JSON.stringify({ ...STATUS, state }));
    void json(request).then((body) => {
      const { name, value } = ChallengeRecord.parse(body);
      if (!isRefusing) dns.set(name, 'TXT', ...(request.method === 'POST' ? [value] : []));
      response.writeHead(isRefusing ? 409 : 204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    setState: (next) => void (state = next),
    refuse: () => void (isRefusing = true),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
