import { STOPPED_OUTPUT, type Outcome, type ProgramOptions } from './program.ts';
import { startProgram } from './start-program.ts';

/** The most that a program may print; more ends it. */
export const MAX_OUTPUT_BYTES = 64e6;

/** Runs a program to its end and gives what it printed; for short programs with little output. */
export async function runProgram(
  options: Omit<ProgramOptions, 'stdout'> & { readonly maxBytes?: number },
): Promise<{ outcome: Outcome; stdout: string }> {
  const program = startProgram({ ...options, stdout: 'pipe' });
  const chunks: Buffer[] = [];
  let bytes = 0;
  program.stdout?.on('data', (chunk: Buffer) => {
    program.touch();
    bytes += chunk.length;
    if (bytes > (options.maxBytes ?? MAX_OUTPUT_BYTES)) void program.stop(STOPPED_OUTPUT);
    else chunks.push(chunk);
  });
  const outcome = await program.outcome;
  return { outcome, stdout: Buffer.concat(chunks).toString('utf8') };
}
