import { endpoints, parseEvent, type Job } from '@linkcast/contracts';
import { backOffMs, pause, type Logger } from '@linkcast/kit';
import { createEventStreamParser } from './event-parser.ts';

export interface JobFeedOptions {
  /** Root of yt-app. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly logger: Logger;
  /** A job changed. */
  readonly onJob: (job: Job) => void;
  /** Events may have been missed: at every connection, and when the server says so. Ask for the jobs anew. */
  readonly onGap: () => void;
  /** yt-app began or ceased to answer. */
  readonly onReachable: (isReachable: boolean) => void;
  /** Milliseconds without a byte (the server also sends comments) after which the connection counts as dead. Default 60,000. */
  readonly idleMs?: number;
  /** The first pause before connecting again; it doubles up to 30 s. Default 500. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 30_000;

/** Listens to yt-app's events as long as it lives, over every interruption. */
export function createJobFeed(options: JobFeedOptions) {
  const { baseUrl, token, logger, onJob, onGap, onReachable, idleMs = 60_000, retryMs = 500 } = options;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let lastEventId: string | undefined;
  let failures = 0;

  const listen = async (): Promise<void> => {
    const connection = new AbortController();
    const signal = AbortSignal.any([stopping.signal, connection.signal]);
    const watchdog = setTimeout(() => connection.abort(new Error('no sign of life')), idleMs);
    try {
      const response = await fetch(baseUrl + endpoints.events.path, {
        headers: {
          accept: 'text/event-stream',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        redirect: 'error',
        signal,
      });
      if (!response.ok || !response.body) throw new Error(`the events answer ${response.status}`);
      onConnected();
      const parser = createEventStreamParser(({ name, data }) => onEvent(name, data));
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        watchdog.refresh();
        parser.push(text);
        lastEventId = parser.lastId() ?? lastEventId;
      }
    } finally {
      clearTimeout(watchdog);
      connection.abort();
    }
  };

  const onConnected = (): void => {
    if (failures > 0) logger.info('events of yt-app are back');
    failures = 0;
    onReachable(true);
    onGap();
  };

  const onEvent = (name: string, data: string): void => {
    try {
      const event = parseEvent(name, data);
      if (event?.name === 'job') onJob(event.data);
      if (event?.name === 'reset') onGap();
    } catch (error) {
      logger.error({ err: error, event: name }, 'an event could not be handled');
    }
  };

  /** One lost connection is normal when yt-app restarts; people are told when it cannot be made again. */
  const onLost = (error: unknown): void => {
    if (failures === 1) logger.warn({ reason: reasonOf(error) }, 'events of yt-app are lost, connecting again');
    if (failures === 2) onReachable(false);
  };

  const run = async (): Promise<void> => {
    while (!isStopping()) {
      const error: unknown = await listen().catch((reason: unknown) => reason);
      if (isStopping()) return;
      failures += 1;
      onLost(error);
      await pause(backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS }), stopping.signal);
    }
  };
  const running = run();

  return {
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection ended';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
