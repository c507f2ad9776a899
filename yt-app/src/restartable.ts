import type { Stoppable } from '@linkcast/kit';

/**
 * Runs something that may request its own restart: it is stopped and started anew, in this process. A start that fails then
 * ends the process, and the supervisor tries again.
 */
export async function startRestartable(start: (restart: () => void) => Promise<Stoppable>): Promise<Stoppable> {
  let running: Stoppable | undefined;
  let isStopping = false;
  let changing = Promise.resolve();
  const change = async (): Promise<void> => {
    if (isStopping) return;
    await running?.stop();
    running = await start(restart);
  };
  function restart(): void {
    changing = changing.then(change);
  }

  restart();
  await changing;
  return {
    async stop() {
      isStopping = true;
      await changing;
      await running?.stop();
    },
  };
}
