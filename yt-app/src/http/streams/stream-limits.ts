import { Problem } from '@linkcast/contracts';

export interface StreamLimitsOptions {
  /** Streams that are open at once. Default 500. */
  readonly mostStreams?: number;
  /** Streams of one caller that are open at once. Default 20. */
  readonly mostStreamsPerCaller?: number;
}

/** Counts open event streams, so that no caller can take them all. */
export interface StreamLimits {
  /**
   * Counts a stream.
   *
   * @param caller as `callerId` names them.
   * @returns releases it.
   * @throws {Problem} `too-many-requests`.
   */
  take(caller: string): () => void;
}

/** A guess: a stream ends when its page is closed. */
const RETRY_AFTER_SECONDS = 30;

export function createStreamLimits({
  mostStreams = 500,
  mostStreamsPerCaller = 20,
}: StreamLimitsOptions): StreamLimits {
  const open = new Map<string, number>();
  let total = 0;

  return {
    take(caller) {
      const own = open.get(caller) ?? 0;
      if (total >= mostStreams || own >= mostStreamsPerCaller)
        throw new Problem('too-many-requests', { retryAfterSeconds: RETRY_AFTER_SECONDS });
      open.set(caller, own + 1);
      total += 1;
      return () => {
        const left = (open.get(caller) ?? 1) - 1;
        if (left === 0) open.delete(caller);
        else open.set(caller, left);
        total -= 1;
      };
    },
  };
}
