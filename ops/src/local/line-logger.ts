/** Something to log with, as far as supervisor and service life do. */
export interface LineLogger {
  readonly info: (...said: unknown[]) => void;
  readonly warn: (...said: unknown[]) => void;
  readonly error: (...said: unknown[]) => void;
  readonly fatal: (...said: unknown[]) => void;
}

/**
 * Writes the lines that pino would: it is called in the same way. The supervisor has little to say, and pino would be a
 * third of its memory.
 */
export function createLineLogger(write: (line: string) => void): LineLogger {
  const at =
    (level: string) =>
    (...said: unknown[]): void => {
      const [facts, msg] = typeof said[0] === 'string' ? [{}, said[0]] : said;
      write(JSON.stringify({ level, time: new Date().toISOString(), ...withPlainError(facts), msg }));
    };
  return { info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}

function withPlainError(facts: unknown): Record<string, unknown> {
  const entries = Object.entries(facts ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      value instanceof Error ? { message: value.message, stack: value.stack ?? '' } : (value as unknown),
    ]),
  );
}
