import { backOffMs } from '@linkcast/contracts';
import type { Logger } from '../log/logger.ts';
import { pause } from '../loops/pause.ts';
import type { Outcome, Program } from './program.ts';

export interface SupervisorOptions {
  /** The program's name in the log. */
  readonly name: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Starts the program; called again each time it has ended. */
  readonly start: () => Program;
  /** Milliseconds before the first new start; doubled each time, up to `maxDelayMs`. Default 250. */
  readonly minDelayMs?: number;
  /** Default 15,000. */
  readonly maxDelayMs?: number;
  /** After a run of so many seconds the next wait is short again. Default 30. */
  readonly stableSeconds?: number;
  /** The exit code after which the program is not started again; `then` is called. */
  readonly final?: { readonly exitCode: number; readonly then: () => void };
  /** A signal to try before SIGTERM when stopping, and how long it may take. */
  readonly quit?: { readonly signal: NodeJS.Signals; readonly seconds: number };
}

export interface Supervisor {
  /** The process id while the program runs. */
  readonly pid: number | undefined;
  /** Sends a signal to the program itself; false when it is not running. */
  signal(signal: NodeJS.Signals): boolean;
  /** Ends the program for good; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Keeps one program running: restarts it after each end, with growing waits, unless its exit code is final. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { name, logger, minDelayMs = 250, maxDelayMs = 15_000, stableSeconds = 30 } = options;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let program: Program | undefined;

  const keepRunning = async (): Promise<void> => {
    let failures = 0;
    for (;;) {
      const startedAt = performance.now();
      program = options.start();
      logger.info({ program: name, pid: program.pid }, 'program started');
      const outcome = await program.outcome;
      program = undefined;
      if (isStopping()) return;
      if (options.final && outcome.kind === 'failed' && outcome.exitCode === options.final.exitCode) {
        options.final.then();
        return;
      }
      failures = performance.now() - startedAt > stableSeconds * 1000 ? 1 : failures + 1;
      const waitMs = backOffMs(failures, { firstMs: minDelayMs, mostMs: maxDelayMs });
      logger.warn({ program: name, ...describeEnd(outcome), waitMs }, 'program ended, starting it again');
      await pause(waitMs, stopping.signal);
      if (isStopping()) return;
    }
  };
  const running = keepRunning();

  const signal = (wanted: NodeJS.Signals): boolean => {
    if (program?.pid === undefined) return false;
    try {
      return process.kill(program.pid, wanted);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // process.kill throws these
      throw error;
    }
  };

  return {
    get pid() {
      return program?.pid;
    },
    signal,
    stop: async () => {
      stopping.abort();
      if (options.quit && signal(options.quit.signal)) await settledWithin(running, options.quit.seconds);
      await program?.stop('service stops');
      await running;
    },
  };
}

async function settledWithin(promise: Promise<void>, seconds: number): Promise<void> {
  const timer = new AbortController();
  await Promise.race([promise, pause(seconds * 1000, timer.signal)]);
  timer.abort();
}

function describeEnd(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind !== 'failed') return { outcome: outcome.kind };
  return { outcome: 'failed', exitCode: outcome.exitCode, signal: outcome.signal, stderr: outcome.stderrTail };
}
