import { backOffMs, endpoints, parseEvent, type LinkcastEvent } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { EventCursor } from './event-cursor.ts';
import { readServerEvents, type ServerEvent } from './server-events.ts';

export interface JobFeedOptions {
  /** Root of yt-app. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly logger: Logger;
  /** The event after which reading goes on, also after a restart. */
  readonly cursor: EventCursor;
  /**
   * Handles an event. Stores the id together with what the event has caused. When it throws, the feed connects again and the
   * event comes again. Progress has no id. `undefined` is an event that this version does not know, or that only sets the id.
   */
  readonly onEvent: (event: LinkcastEvent | undefined, id: string | undefined) => void;
  /** Called at a connection without a cursor: all jobs must be read, because earlier events do not come. */
  readonly onFirstConnection: () => void;
  /** Called when yt-app begins or ceases to answer, and at the first connection. */
  readonly onReachable: (isReachable: boolean) => void;
  /** Milliseconds without a byte after which the connection counts as lost. Default 60,000. */
  readonly idleMs?: number;
  /** Milliseconds until the first new attempt to connect; doubled up to 30 seconds. Default 500. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;

/** Receives yt-app's events after the cursor, and connects again after every interruption. */
export function startJobFeed(options: JobFeedOptions): Stoppable {
  const { logger, cursor, onFirstConnection, onReachable, idleMs = 60_000, retryMs = 500 } = options;
  let failures = 0;

  const onOpen = (isFirst: boolean): void => {
    if (failures > 0) logger.info('events of yt-app are received again');
    failures = 0;
    onReachable(true);
    if (isFirst) onFirstConnection();
  };

  /** A single lost connection is normal when yt-app restarts; yt-app counts as down when the next attempt fails, too. */
  const onLost = (error: unknown): number => {
    failures += 1;
    if (failures === 1) logger.warn({ reason: reasonOf(error) }, 'events of yt-app are lost, connecting again');
    if (failures === 2) onReachable(false);
    return backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
  };

  return startPeriodicLoop({
    name: 'events of yt-app',
    logger,
    async run(signal) {
      const lastEventId = cursor.get();
      await readServerEvents({
        url: options.baseUrl + endpoints.events.path,
        headers: headersOf(options.token, lastEventId),
        idleMs,
        onOpen: () => onOpen(lastEventId === undefined),
        onEvent: (event) => options.onEvent(parse(event, logger), event.id),
        signal,
      });
      throw new Error('the connection ended');
    },
    onFailure: onLost,
  });
}

function headersOf(token: string | undefined, lastEventId: string | undefined): Record<string, string> {
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
}

/** Parses an event. One that does not fit its schema is of a newer yt-app: the jobs are read instead. */
function parse({ name, data }: ServerEvent, logger: Logger): LinkcastEvent | undefined {
  if (data === '') return undefined;
  try {
    return parseEvent(name, data);
  } catch (error) {
    logger.error({ err: error, event: name }, 'event of yt-app could not be read');
    return { name: 'reset', data: {} };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection ended';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
