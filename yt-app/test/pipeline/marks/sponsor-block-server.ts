import { once } from 'node:events';
import http from 'node:http';
import { portOf } from '@linkcast/testing';

/** An answer of the server; `hang`: it sends headers, and then nothing. */
export type SponsorBlockAnswer = { readonly status: number; readonly body: string } | 'hang';

export interface SponsorBlockServer {
  readonly url: string;
  readonly hostPort: string;
  /** The paths of the requests, with their queries. */
  readonly requests: string[];
  /** The next answers, in order; the last one stays. */
  answers: SponsorBlockAnswer[];
  close(): Promise<void>;
}

/** A server on loopback that stands for SponsorBlock. */
export async function startSponsorBlock(): Promise<SponsorBlockServer> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request.url ?? '');
    const answer = started.answers.length > 1 ? started.answers.shift() : started.answers[0];
    if (answer === undefined) return void response.writeHead(404).end('Not Found');
    if (answer === 'hang') return void response.writeHead(200).write('[');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hostPort = `127.0.0.1:${portOf(server)}`;
  const started: SponsorBlockServer = {
    url: `http://${hostPort}`,
    hostPort,
    requests,
    answers: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return started;
}

/** A segment as SponsorBlock has it. */
export function segment(from: number, to: number, more: object = {}) {
  return { UUID: 'x', category: 'sponsor', actionType: 'skip', segment: [from, to], videoDuration: 0, ...more };
}
