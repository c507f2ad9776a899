import { STOPPED_OUTPUT, type Outcome, type Program, type ProgramOptions } from './program.ts';
import { startProgram } from './start-program.ts';

/** The most that a program may print; more ends it. */
export const MAX_OUTPUT_BYTES = 64e6;

/** The end of a program, and what it has printed. */
export interface PrintedOutcome {
  readonly outcome: Outcome;
  readonly stdout: string;
}

/** Runs a program to its end and gives what it printed; for short programs with little output. */
export function runProgram(
  options: Omit<ProgramOptions, 'stdout'> & { readonly maxBytes?: number },
): Promise<PrintedOutcome> {
  return readOutput(startProgram({ ...options, stdout: 'pipe' }), options.maxBytes);
}

/**
 * Reads what a program prints, to its end.
 *
 * @param program its `stdout` is a pipe, of which nothing was read.
 */
export async function readOutput(program: Program, maxBytes = MAX_OUTPUT_BYTES): Promise<PrintedOutcome> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  program.stdout?.on('data', (chunk: Buffer) => {
    program.touch();
    bytes += chunk.length;
    if (bytes > maxBytes) void program.stop(STOPPED_OUTPUT);
    else chunks.push(chunk);
  });
  const outcome = await program.outcome;
  return { outcome, stdout: Buffer.concat(chunks).toString('utf8') };
}
