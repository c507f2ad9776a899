import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { EdgeProcess } from './edge-process.ts';
import { requestSegment } from './segment-request.ts';

const PLAYERS = 8;
export const RELOADS = 5;
const BETWEEN_MS = 700;

export interface ReloadFigures {
  readonly requests: number;
  readonly failed: number;
}

/** Reloads nginx again and again while players fetch segments; half of them keep their connections, half do not. */
export async function measureReload(edge: EdgeProcess, path: string, cookie: string): Promise<ReloadFigures> {
  const done = new AbortController();
  const playing = Array.from({ length: PLAYERS }, (_, index) =>
    play({ port: edge.port, path, cookie, agent: new http.Agent({ keepAlive: index % 2 === 0 }) }, done.signal),
  );
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await delay(BETWEEN_MS);
    await edge.reload();
  }
  await delay(BETWEEN_MS);
  done.abort();
  const figures = await Promise.all(playing);
  return {
    requests: figures.reduce((sum, { requests }) => sum + requests, 0),
    failed: figures.reduce((sum, { failed }) => sum + failed, 0),
  };
}

type Player = Omit<Parameters<typeof requestSegment>[0], 'number'>;

async function play(player: Player, done: AbortSignal): Promise<ReloadFigures> {
  let requests = 0;
  let failed = 0;
  while (!done.aborted) {
    try {
      await requestSegment({ ...player, number: requests });
    } catch {
      failed += 1; // what we count
    }
    requests += 1;
  }
  player.agent?.destroy();
  return { requests, failed };
}
