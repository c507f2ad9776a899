import { setTimeout as delay } from 'node:timers/promises';

/** Somebody who fetches the same bytes of an item again and again, each time over a new connection. */
export interface SegmentViewer {
  /** Ends the fetching. */
  stop(): Promise<ViewerReport>;
}

export interface ViewerReport {
  /** Answers with the whole of the bytes. */
  readonly fetched: number;
  /** The longest time from the beginning of a fetch to its bytes; a fetch that fails is repeated, as players do. Milliseconds. */
  readonly longestMs: number;
  /** Statuses of the failed attempts, or codes of their connection errors. */
  readonly failures: readonly string[];
}

const BYTES = 'bytes=0-65535';
const PAUSE_MS = 50;
const RETRY_MS = 100;
const ATTEMPT_MS = 1000;

/** @param cookie of a session; empty for the holder of a share. */
export function startSegmentViewer(url: string, cookie = ''): SegmentViewer {
  const stopping = new AbortController();
  const failures: string[] = [];
  let fetched = 0;
  let longestMs = 0;
  const attempt = async (): Promise<boolean> => {
    try {
      const answer = await fetch(url, {
        headers: { range: BYTES, connection: 'close', ...(cookie === '' ? {} : { cookie }) },
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      await answer.arrayBuffer();
      if (answer.status === 206) return true;
      failures.push(String(answer.status));
    } catch (error) {
      failures.push(describe(error));
    }
    return false;
  };
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const begin = performance.now();
      while (!(await attempt())) await delay(RETRY_MS);
      longestMs = Math.max(longestMs, performance.now() - begin);
      fetched += 1;
      await delay(PAUSE_MS);
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await watching;
      return { fetched, longestMs: Math.round(longestMs), failures };
    },
  };
}

function describe(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } }; // fetch and AbortSignal throw errors
  return cause?.code ?? name;
}
