import type { Outcome, ProgramOptions } from './program.ts';
import { startProgram } from './start-program.ts';

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
    if (bytes > (options.maxBytes ?? 64e6)) void program.stop('printed too much');
    else chunks.push(chunk);
  });
  const outcome = await program.outcome;
  return { outcome, stdout: Buffer.concat(chunks).toString('utf8') };
}
