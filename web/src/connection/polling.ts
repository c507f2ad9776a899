const POLL_MS = 30_000;

/** Polls every 30 s while the page is visible, for callers who may not subscribe to events. */
export function createPolling(poll: () => Promise<void>) {
  let timer: number | undefined;
  let isPolling = false;

  async function pollOnce(): Promise<void> {
    if (document.visibilityState === 'hidden' || isPolling) return;
    isPolling = true;
    await poll().finally(() => (isPolling = false));
  }

  return {
    start(): void {
      timer ??= window.setInterval(() => void pollOnce(), POLL_MS);
    },
    stop(): void {
      window.clearInterval(timer);
      timer = undefined;
    },
  };
}
