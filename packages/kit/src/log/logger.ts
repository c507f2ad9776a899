import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { createRedactor } from './redactor.ts';
import { nameSources } from './source-names.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** Name of the part: `yt-app`, `bot`. */
  readonly service: string;
  readonly level?: string;
  /** Exact values that must never be written; values under 6 characters are left alone. */
  readonly secrets?: readonly (string | undefined)[];
  /** The destination of the lines. Default: standard output. */
  readonly destination?: { write(line: string): unknown };
}

/** Creates a pino logger. Every line passes through {@link createRedactor} before it is written. */
export function createLogger({
  service,
  level = 'info',
  secrets = [],
  destination = process.stdout,
}: LoggerOptions): Logger {
  const redact = createRedactor(secrets);
  const sink: DestinationStream = { write: (line) => void destination.write(redact(line)) };
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { logMethod: logWithSources },
    },
    sink,
  );
}

/** pino's number for `error`; `fatal` is above it. */
const ERROR_LEVEL = 50;

/** Names the sources in the stacks of errors that a developer will have to find there. */
function logWithSources(this: Logger, args: Parameters<LogFn>, method: LogFn, level: number): void {
  const [facts] = args as readonly unknown[]; // an object with the error, or the message alone
  if (level >= ERROR_LEVEL && hasError(facts) && facts.err.stack !== undefined)
    facts.err.stack = nameSources(facts.err.stack);
  method.apply(this, args);
}

function hasError(facts: unknown): facts is { err: Error } {
  return typeof facts === 'object' && facts !== null && 'err' in facts && facts.err instanceof Error;
}
