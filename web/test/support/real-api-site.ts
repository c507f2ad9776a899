import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { portOf } from '@linkcast/testing';
import { securityHeaders } from '../../../nginx/src/directives/security-headers.ts';
import { startApi, type ApiFixture } from '../../../yt-app/test/fixtures/api-fixture.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};

export interface RealApiSite {
  /** On `localhost`, where passkeys work over HTTP. */
  readonly url: string;
  readonly api: ApiFixture;
  stop(): Promise<void>;
}

/** Serves the built site with the real API behind it. @param site folder of the built site. */
export async function startRealApiSite(site: string): Promise<RealApiSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/api/')) forward(request, response, api.url);
    else {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      void sendFile(response, join(site, extname(pathname) === '' ? 'index.html' : pathname));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${portOf(server)}`;
  const api = await startApi({ relyingParty: { id: 'localhost', origins: [url] } });
  return {
    url,
    api,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await api.stop();
    },
  };
}

function forward(request: IncomingMessage, response: ServerResponse, apiUrl: string): void {
  const { method, headers, url = '/' } = request;
  const forwarded = sendRequest(new URL(url, apiUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  response.on('close', () => forwarded.destroy());
  request.pipe(forwarded);
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  response.writeHead(isFile ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
  if (isFile) createReadStream(path).pipe(response);
  else response.end();
}
