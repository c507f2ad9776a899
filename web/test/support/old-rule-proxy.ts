import { once } from 'node:events';
import { createServer, request as send, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a proxy in front of the edge that sends the caching headers of an older edge: tracks may be stored, with an
 * ETag of their size. The edge now sends `no-store`. After `upgrade` the headers pass unchanged.
 */
export async function startOldRuleProxy(edgePort: number) {
  let isOld = true;
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const forwarded = send({ host: '127.0.0.1', port: edgePort, method, path: url, headers, agent: false });
    forwarded.on('response', (answer) => {
      const isTrack = isOld && url?.endsWith('.mp4');
      response.writeHead(answer.statusCode ?? 502, isTrack ? underOldRule(answer.headers) : answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://localhost:${port}`,
    upgrade: () => {
      isOld = false;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function underOldRule(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const size = headers['content-range']?.split('/')[1] ?? headers['content-length'] ?? '';
  return { ...headers, 'cache-control': 'no-cache', etag: `"${size}"` };
}
