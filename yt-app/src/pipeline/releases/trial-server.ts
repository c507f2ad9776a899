import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stoppable } from '@linkcast/kit';

/** A clip on loopback, for the trial of a release. */
export interface TrialServer extends Stoppable {
  /** Answers each request with the clip: a release that is tried reaches nothing else. */
  readonly proxyUrl: string;
  readonly clip: Buffer;
}

const CLIP_BYTES = 300_000;

/** Starts a server that yt-dlp takes for its proxy. The clip has no order, so that nothing can guess its bytes. */
export async function startTrialServer(): Promise<TrialServer> {
  const clip = randomBytes(CLIP_BYTES);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': clip.length, 'accept-ranges': 'none' });
    response.end(clip);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    proxyUrl: `http://127.0.0.1:${port}`,
    clip,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
