import { Problem, type ProblemType } from '@linkcast/contracts';
import type { Outcome } from '@linkcast/kit';

type FailedOutcome = Extract<Outcome, { kind: 'failed' }>;

/** Signals that come from outside: from the kernel when memory runs out, or from whoever ends programs of this machine. */
const OUTSIDE_SIGNALS: readonly unknown[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

/** The fault of this machine or of its disk, by the error code of a system call. */
const SYSTEM_PROBLEMS: Readonly<Record<string, ProblemType>> = {
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EROFS: 'storage-read-only',
  EIO: 'storage-failing',
  EMFILE: 'resources-exhausted',
  ENFILE: 'resources-exhausted',
  EAGAIN: 'resources-exhausted',
};

/**
 * The same in the words of the C library, which programs print, and in the codes that a program which could not be started has.
 * ENOMEM is not among them: it is how a program sees our own limit, which hostile media reach. Nor is EIO: ffmpeg reports a damaged
 * or broken source with it.
 */
const SYSTEM_TEXTS: readonly (readonly [RegExp, ProblemType])[] = [
  [/No space left on device|Disk quota exceeded|\b(ENOSPC|EDQUOT)\b/, 'storage-full'],
  [/Read-only file system|\bEROFS\b/, 'storage-read-only'],
  // "Error 24" is what the loader of shared libraries prints.
  [/Too many open files|: Error 2[34]$|\b(EMFILE|ENFILE|EAGAIN)\b|can't start new thread/m, 'resources-exhausted'],
];

/** The problem of this machine because of which a program failed; undefined when it failed because of its input. */
export function ownProblem(outcome: FailedOutcome): Problem | undefined {
  const code = OUTSIDE_SIGNALS.includes(outcome.signal) ? 'program-killed' : systemProblem(outcome.stderrTail);
  return code && new Problem(code, {}, { cause: outcome });
}

function systemProblem(stderr: string): ProblemType | undefined {
  return SYSTEM_TEXTS.find(([pattern]) => pattern.test(stderr))?.[1];
}

/** The problem of this machine because of which one of our own system calls failed; undefined for any other error. */
export function ownProblemOfError(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = SYSTEM_PROBLEMS[(error as NodeJS.ErrnoException).code ?? '']; // system errors have one
  return code ? new Problem(code, {}, { cause: error }) : ownProblemOfError(error.cause);
}
