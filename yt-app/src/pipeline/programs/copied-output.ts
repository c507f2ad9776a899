import os from 'node:os';
import type { Readable } from 'node:stream';
import { minimalEnvironment, OWNER_VARIABLE, startProgram, type Outcome, type Program } from '@linkcast/kit';
import { ownProblem } from './own-failure.ts';

/** A program that copies bytes into a file, and passes them on. */
export interface CopiedOutput {
  /** To be given to another program; this process reads nothing of it. */
  readonly output: Readable;
  /** @throws {Problem} when it has failed for a reason that is not at one of its ends, as when it was killed. */
  throwUnlessPassedOn(): Promise<void>;
}

export interface CopyOptions {
  /** It is written from its beginning. */
  readonly file: string;
  /** Marks the program, see killLeftovers. */
  readonly owner: string;
  readonly signal: AbortSignal;
}

/**
 * Starts `tee`: a third of the processor time that the bytes would take through Node. Each byte has its own place in the file, so one that
 * a forgotten worker still runs writes nothing else. It goes on without the file when that cannot be written, as on a full disk.
 */
export function startCopy(output: Readable, { file, owner, signal }: CopyOptions): CopiedOutput {
  const program = startProgram({
    file: 'tee',
    args: ['--', file],
    env: minimalEnvironment(os.tmpdir(), { [OWNER_VARIABLE]: owner }),
    stdin: output,
    stdout: 'pipe',
    signal,
  });
  output.destroy(); // the copy of this process, before the first byte comes; the two programs have their own
  return { output: outputOf(program), throwUnlessPassedOn: async () => throwUnlessPassedOn(await program.outcome) };
}

function outputOf({ stdout }: Program): Readable {
  if (!stdout) throw new Error('tee was started without a pipe');
  return stdout;
}

/** A file that could not be written is no failure: nothing is kept then. */
function throwUnlessPassedOn(outcome: Outcome): void {
  if (outcome.kind !== 'failed' || outcome.exitCode === 1) return;
  const problem = ownProblem(outcome);
  if (problem) throw problem;
}
