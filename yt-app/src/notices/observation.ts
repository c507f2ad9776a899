import type { Logger } from '@linkcast/kit';
import type { Condition, ObservedCondition } from './condition.ts';
import type { NoticeSource } from './notice-source.ts';
import { within } from './time-limit.ts';

export interface ObservationOptions {
  readonly logger: Pick<Logger, 'warn'>;
  /** Milliseconds that an observation may take. */
  readonly limitMs: number;
}

/** Observes a source; resolves with undefined when the source fails or does not answer in time. Never rejects. */
export type Observation = (
  lasting: ReadonlyMap<string, Condition>,
) => Promise<readonly ObservedCondition[] | undefined>;

/** Bounds the observations of a source. One that hangs is not started again before it has ended. */
export function createObservation(source: NoticeSource, { logger, limitMs }: ObservationOptions): Observation {
  let isRunning = false;
  let hasFailed = false;

  const run = async (lasting: ReadonlyMap<string, Condition>) => {
    isRunning = true;
    try {
      return await source.observe(lasting);
    } finally {
      isRunning = false;
    }
  };
  const noteFailure = (error: unknown): void => {
    if (!hasFailed) logger.warn({ source: source.name, err: error }, 'notice source failed');
    hasFailed = true;
  };

  return async (lasting) => {
    if (isRunning) return undefined;
    try {
      const observed = await within(limitMs, run(lasting));
      hasFailed = false;
      return observed;
    } catch (error) {
      noteFailure(error);
      return undefined;
    }
  };
}
