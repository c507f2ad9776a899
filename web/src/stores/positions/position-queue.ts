import { isProblem, MAX_POSITIONS, type PositionReports } from '@linkcast/contracts';

/** Reports of positions, as the API takes them. */
export type Reports = PositionReports['positions'];

interface QueuedPosition {
  readonly mediaId: string;
  readonly seconds: number;
  /** Milliseconds since 1970; this clock is only compared with itself. */
  readonly takenAt: number;
}

export interface PositionQueueOptions {
  readonly send: (reports: Reports) => Promise<unknown>;
  /** Sends while the page is left. */
  readonly sendLast: (reports: Reports) => void;
}

export type PositionQueue = ReturnType<typeof createPositionQueue>;

/** The positions that are not reported yet, the newest of each item. */
export function createPositionQueue({ send, sendLast }: PositionQueueOptions) {
  const queued = new Map<string, QueuedPosition>();
  let sending: readonly QueuedPosition[] = [];
  let running: Promise<void> | undefined;

  function putBack(): void {
    for (const position of sending) if (!queued.has(position.mediaId)) queued.set(position.mediaId, position);
  }

  async function sendQueued(): Promise<void> {
    sending = take(queued);
    if (sending.length === 0) return;
    try {
      await send(reportsOf(sending));
    } catch (error) {
      if (!isProblem(error)) putBack(); // the server does not answer: the next report takes it along
    } finally {
      sending = [];
    }
  }

  return {
    put: (mediaId: string, seconds: number): void => {
      queued.set(mediaId, { mediaId, seconds, takenAt: Date.now() });
    },
    /** True while the server may not have the position of an item. */
    has: (mediaId: string): boolean => queued.has(mediaId) || sending.some((position) => position.mediaId === mediaId),
    /** Drops the position of an item. */
    drop: (mediaId: string): void => void queued.delete(mediaId),
    /** Sends what is queued, after what is being sent. Resolves when the server has answered, or does not answer. */
    flush: async (): Promise<void> => {
      await running;
      running ??= sendQueued().finally(() => (running = undefined));
      await running;
    },
    /** Sends what is queued or on its way: a page that is left ends its requests. */
    leave: (): void => {
      putBack();
      sending = [];
      const last = take(queued);
      if (last.length > 0) sendLast(reportsOf(last));
    },
    clear: (): void => {
      queued.clear();
      sending = [];
    },
  };
}

/** Removes as many positions as one request may have. */
function take(queued: Map<string, QueuedPosition>): QueuedPosition[] {
  const taken = [...queued.values()].slice(0, MAX_POSITIONS);
  for (const { mediaId } of taken) queued.delete(mediaId);
  return taken;
}

function reportsOf(positions: readonly QueuedPosition[]): Reports {
  const now = Date.now();
  return positions.map(({ mediaId, seconds, takenAt }) => ({ mediaId, seconds, agedMs: Math.max(0, now - takenAt) }));
}
