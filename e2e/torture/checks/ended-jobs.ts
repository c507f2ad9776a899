import { setTimeout as delay } from 'node:timers/promises';
import { isEnded, isProblem } from '@linkcast/contracts';
import type { World } from '../world/world.ts';
import { listAllJobs } from './all-pages.ts';
import { untilAnswered } from '../clients/until-answered.ts';

const LIMIT_SECONDS = 240;
const POLL_MS = 1000;

/** Waits until every job has ended, and tries those that wait for their source again, as a person may. @returns ids of those that have not. */
export async function untilEnded({
  api,
}: {
  readonly api: Pick<World['api'], 'listJobs' | 'retryJob'>;
}): Promise<string[]> {
  const limit = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  for (;;) {
    const jobs = await untilAnswered(() => listAllJobs(api), limit);
    const open = jobs?.filter(({ state }) => !isEnded(state));
    if (open?.length === 0) return [];
    if (limit.aborted) return open?.map(({ id }) => id) ?? ['the API does not answer'];
    for (const { id, state } of open ?? [])
      if (state === 'queued')
        await api.retryJob(id).catch((error: unknown) => {
          if (!isProblem(error)) throw error; // it does not wait for its source
        });
    await delay(POLL_MS);
  }
}
