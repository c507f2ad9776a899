import { Problem } from '@linkcast/contracts';

/**
 * Lets one request at a time use an upload. A later one ends the one before: its client has lost that connection, and asks from which
 * byte to continue.
 */
export interface UploadTurns {
  /** @param run is ended by the signal when another request comes. */
  take<Result>(id: string, run: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Reports whether a request uses the upload. */
  isTaken(id: string): boolean;
}

interface Turn {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export function createUploadTurns(): UploadTurns {
  const last = new Map<string, Turn>();

  return {
    isTaken: (id) => last.has(id),
    take(id, run) {
      const before = last.get(id);
      before?.abort.abort(new Problem('conflict'));
      const abort = new AbortController();
      const result = (before?.ended ?? Promise.resolve()).then(() => run(abort.signal));
      const turn = { abort, ended: result.then(ignore, ignore) };
      last.set(id, turn);
      void turn.ended.then(() => {
        if (last.get(id) === turn) last.delete(id);
      });
      return result;
    },
  };
}

function ignore(): void {
  // the caller gets the result
}
