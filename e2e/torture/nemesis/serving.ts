import { setTimeout as delay } from 'node:timers/promises';
import { isProblem } from '@linkcast/contracts';
import type { World } from '../world/world.ts';

const POLL_MS = 50;
const LIMIT_SECONDS = 90;
const ANSWER_MS = 5000;
const OK = 200;
/** Of the page that somebody gets who is not signed in. */
const SIGN_IN_PAGE = 401;

/**
 * Waits until the installation serves: the edge gives the site and the list, and the API takes requests that write. @returns the
 * milliseconds until then; undefined: it did not within {@link LIMIT_SECONDS} seconds.
 */
export async function untilServing(world: Pick<World, 'siteUrl' | 'apiToken' | 'api'>): Promise<number | undefined> {
  const beganAt = performance.now();
  while (performance.now() - beganAt < LIMIT_SECONDS * 1000) {
    if (await serves(world)) return performance.now() - beganAt;
    await delay(POLL_MS);
  }
  return undefined;
}

async function serves({ siteUrl, apiToken, api }: Pick<World, 'siteUrl' | 'apiToken' | 'api'>): Promise<boolean> {
  const statusOf = (path: string, headers: Record<string, string> = {}): Promise<number> =>
    fetch(siteUrl + path, { headers, signal: AbortSignal.timeout(ANSWER_MS) }).then(
      async (answer) => ((await answer.text()) === '' ? 0 : answer.status),
      () => 0, // no answer yet
    );
  if ((await statusOf('/')) !== SIGN_IN_PAGE) return false;
  if ((await statusOf('/api/media?limit=1', { authorization: `Bearer ${apiToken}` })) !== OK) return false;
  return api.createSignInCode().then(
    () => true,
    (error: unknown) => isProblem(error) && error.code === 'too-many-requests', // the list is served, and it writes
  );
}
