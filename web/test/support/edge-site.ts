import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Media } from '@linkcast/contracts';
import { cachedFolder } from '@linkcast/testing';
import { startEdge } from '../../../nginx/test/fixtures/edge-fixture.ts';
import { buildSite } from './built-site.ts';
import { createCannedApi } from './canned-api.ts';
import { aJob, aMedia, aShare, mediaId } from './canned.ts';
import { createGrowingItem, type GrowingItem } from './growing-item.ts';
import { makeTinyHls } from './tiny-hls.ts';

export type EdgeSite = Awaited<ReturnType<typeof startEdgeSite>>;

export interface ArrivingFilm {
  readonly media: Media;
  readonly item: GrowingItem;
  /** The item's directory in the library. */
  readonly directory: string;
  /** Path of the share page. */
  readonly sharedPage: string;
}

/** Starts the built site behind the real edge, with a canned API and arriving films. @param seconds duration of each film */
export async function startEdgeSite(seconds: number) {
  const folder = await mkdtemp(join(tmpdir(), 'linkcast-edge-site-'));
  const [source] = await Promise.all([
    cachedFolder('tiny-hls', { seconds }, (made) => makeTinyHls(made, seconds)),
    buildSite(join(folder, 'site')),
  ]);
  const edge = await startEdge({ siteDirectory: join(folder, 'site') });
  const api = createCannedApi();
  edge.ytApp.handler = (request, response) => void answer(api, request, response, followers);
  const films: ArrivingFilm[] = [];
  const followers = new Set<ServerResponse>();

  async function addFilm({ isLive = false } = {}): Promise<ArrivingFilm> {
    const name = `film${'abcdefghijklmnop'.charAt(films.length)}`;
    const length = isLive ? ({ recording: 'live', durationSeconds: null } as const) : { durationSeconds: seconds };
    const media = aMedia({ id: mediaId(name), title: name, state: 'playable', jobId: name, ...length });
    const token = name.padEnd(22, '-');
    const directory = join(edge.options.mediaDirectory, media.id);
    const item = await createGrowingItem({ source, directory, isLive });
    api.state.media.push(media);
    api.state.jobs.push(aJob({ id: name, playable: true, mediaId: media.id, links: media.links }));
    api.state.shares.set(token, aShare({ id: token, mediaId: media.id, expiresAt: '2999-01-01T00:00:00.000Z' }));
    edge.ytApp.shares.set(token, media.id);
    const film = { media, item, directory, sharedPage: `/s/${token}/` };
    films.push(film);
    return film;
  }

  return {
    edge,
    httpUrl: `http://localhost:${edge.options.httpPort}`,
    httpsUrl: `https://localhost:${edge.options.httpsPort}`,
    addFilm,
    /** Replaces an item, and sends the event of that. */
    announce: (media: Media): void => {
      api.state.media = api.state.media.map((other) => (other.id === media.id ? media : other));
      for (const follower of followers) follower.write(`event: media\ndata: ${JSON.stringify(media)}\n\n`);
    },
    stop: async () => {
      for (const { item } of films) await item.pause();
      await edge.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function answer(
  api: ReturnType<typeof createCannedApi>,
  request: IncomingMessage,
  response: ServerResponse,
  followers: Set<ServerResponse>,
) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/api/events') {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .write('retry: 200\n\n');
    followers.add(response);
    response.once('close', () => followers.delete(response));
    return;
  }
  const { status, json } = await api.answer(request, url);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
