import { setTimeout as delay } from 'node:timers/promises';
import { EXIT_IN_USE, FolderInUse } from '../files/folder-lock.ts';
import type { Logger } from '../log/logger.ts';

/** Something that runs until it is stopped. `stop` resolves when it has ended. */
export interface Stoppable {
  readonly stop: () => Promise<void> | void;
}

type ServiceLogger = Pick<Logger, 'info' | 'error' | 'fatal'>;

export interface ServiceOptions {
  readonly logger: ServiceLogger;
  /** Starts everything; what it returns is stopped at the end. The signal is aborted when a stop is requested. */
  readonly start: (signal: AbortSignal) => Promise<Stoppable>;
  /** Seconds a stop may take before the process ends anyway. Default 15. */
  readonly stopSeconds?: number;
}

/**
 * The life of a service process: start, wait for SIGTERM or SIGINT, stop, exit 0. A bug (an uncaught error) is logged
 * once and ends the process with 1; the supervisor starts it again. A folder that another process uses ends it with 75.
 */
export async function runService({ logger, start, stopSeconds = 15 }: ServiceOptions): Promise<never> {
  const stopping = new AbortController();
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (!stopping.signal.aborted) logger.info({ signal }, 'stopping');
        stopping.abort();
        resolve();
      });
    }
  });
  process.on('uncaughtException', (error) => exitWithBug(logger, error)); // unhandled rejections arrive here too

  const running = await startOrExit(logger, () => start(stopping.signal));
  await stopAsked;
  await Promise.race([
    Promise.resolve(running.stop()),
    delay(stopSeconds * 1000).then(() => logger.error('stop took too long')),
  ]);
  logger.info('stopped');
  process.exit(0);
}

async function startOrExit(logger: ServiceLogger, start: () => Promise<Stoppable>): Promise<Stoppable> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    logger.fatal(error.message);
    process.exit(EXIT_IN_USE);
  }
}

function exitWithBug(logger: ServiceLogger, error: unknown): never {
  logger.fatal({ err: error }, 'bug: uncaught error');
  process.exit(1);
}
