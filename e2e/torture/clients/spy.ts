import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeenTexts } from '../checks/secret-checks.ts';
import type { World } from '../world/world.ts';

const GAP_MS = 700;
const LIMIT_MS = 5000;
/** Public pages and those of the owner, whose answers nobody may learn a secret from. */
const PATHS = [
  '/',
  '/healthz',
  '/api/health',
  '/api/media',
  '/api/jobs',
  '/api/session',
  '/api/openapi.json',
  '/no-page',
];

/** Somebody who reads what they can: argument lists of all processes, and answers of the edge. */
export interface Spy extends SeenTexts {
  /** Reads on until the signal. */
  watch(signal: AbortSignal): Promise<void>;
}

export function createSpy({ siteUrl, apiToken, processes }: Pick<World, 'siteUrl' | 'apiToken' | 'processes'>): Spy {
  const argumentLists = new Set<string>();
  const answers = new Set<string>();
  const readPath = async (path: string): Promise<void> => {
    for (const headers of [{}, { authorization: `Bearer ${apiToken}` }]) {
      const answer = await fetch(siteUrl + path, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
      answers.add(`${JSON.stringify([...answer.headers])}\n${await answer.text()}`);
    }
  };
  return {
    argumentLists: () => [...argumentLists],
    answers: () => [...answers],
    async watch(signal) {
      for (let round = 0; !signal.aborted; round += 1) {
        await delay(GAP_MS, undefined, { signal }).catch(() => undefined);
        for (const { pid } of await processes())
          argumentLists.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')); // it has ended
        await readPath(PATHS[round % PATHS.length] ?? '/').catch(() => undefined); // faults are about
      }
    },
  };
}
