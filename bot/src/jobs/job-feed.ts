import { backOffMs, endpoints, parseEvent, type Job } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import { readServerEvents } from './server-events.ts';

export interface JobFeedOptions {
  /** Root of yt-app. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly logger: Logger;
  /** Called when a job changed. */
  readonly onJob: (job: Job) => void;
  /** Called when events may have been missed (at every connection, and when the server says so): the jobs must be read again. */
  readonly onGap: () => void;
  /** Called when yt-app begins or ceases to answer, and at the first connection. */
  readonly onReachable: (isReachable: boolean) => void;
  /** Milliseconds without a byte after which the connection counts as lost. Default 60,000. */
  readonly idleMs?: number;
  /** Milliseconds until the first new attempt to connect; doubled up to 30 seconds. Default 500. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;

/** Receives yt-app's events from now on, and connects again after every interruption. */
export function startJobFeed(options: JobFeedOptions): Stoppable {
  const { logger, onGap, onReachable, idleMs = 60_000, retryMs = 500 } = options;
  let lastEventId = '';
  let failures = 0;

  const onOpen = (): void => {
    if (failures > 0) logger.info('events of yt-app are received again');
    failures = 0;
    onReachable(true);
    onGap();
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
      await readServerEvents({
        url: options.baseUrl + endpoints.events.path,
        headers: headersOf(options.token, lastEventId),
        idleMs,
        onOpen,
        onEvent: (name, data) => handleEvent(name, data, options),
        onId: (id) => (lastEventId = id),
        signal,
      });
      throw new Error('the connection ended');
    },
    onFailure: onLost,
  });
}

function headersOf(token: string | undefined, lastEventId: string): Record<string, string> {
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
  };
}

function handleEvent(name: string, data: string, { logger, onJob, onGap }: JobFeedOptions): void {
  try {
    const event = parseEvent(name, data);
    if (event?.name === 'job') onJob(event.data);
    if (event?.name === 'reset') onGap();
  } catch (error) {
    logger.error({ err: error, event: name }, 'event of yt-app could not be handled');
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection ended';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
