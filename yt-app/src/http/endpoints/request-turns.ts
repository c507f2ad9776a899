import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import PQueue from 'p-queue';

/**
 * Starts one request in each turn of the event loop, in the order in which they came. Requests that arrive together would
 * otherwise be answered within one turn, and whatever comes meanwhile waits for the last of them.
 *
 * @param urgentPaths start at once: they do next to nothing, and somebody measures how long they take.
 */
export function createRequestTurns(urgentPaths: readonly string[]): RequestHandler {
  const turns = new PQueue({ concurrency: 1 });
  return (request, response, next) => {
    if (urgentPaths.includes(request.path)) {
      next();
      return;
    }
    void turns.add(async () => {
      if (response.closed) return; // the client has left
      next();
      await nextTurn();
    });
  };
}
