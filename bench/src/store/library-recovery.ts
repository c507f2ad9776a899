import type { ApiClient } from '@linkcast/contracts';
import { until } from '@linkcast/testing';

const REBUILD_SECONDS = 600;

/** Waits until a yt-app has compared its rows with the folders. */
export async function waitForRecovery(api: ApiClient, signal: AbortSignal): Promise<void> {
  await until(async () => {
    signal.throwIfAborted();
    const { checks } = await api.health();
    return checks.some(({ name, message }) => name === 'library' && message?.code !== 'library-checking');
  }, REBUILD_SECONDS);
}
