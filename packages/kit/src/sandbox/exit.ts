import os from 'node:os';
import type { SandboxKind } from './confinement.ts';

export interface Exit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The exit code of shells and `setpriv` for a program that exists and cannot be run. */
const CANNOT_RUN = 126;
/** Added to the number of the signal that ended a program, by shells and by bubblewrap. */
const SIGNAL_OFFSET = 128;
/** The wrappers' own error lines. Their exit code is 1 then, which a program's own may be, too. */
const WRAPPER_SPEAKS = /^(bwrap|setpriv|prlimit): [^\n]*$/;

/**
 * Derives how a confined program ended from how its wrappers ended. A sandbox that could not be set up counts as a
 * program that cannot be run (126). Bubblewrap's 129 to 159 are read as the signals 1 to 31.
 */
export function readExit(exit: Exit, stderrTail: string, sandbox: SandboxKind): Exit {
  const { exitCode } = exit;
  if (exitCode === 1 && sandbox !== 'none' && WRAPPER_SPEAKS.test(stderrTail))
    return { exitCode: CANNOT_RUN, signal: null };
  if (sandbox !== 'bubblewrap' || exitCode === null) return exit;
  const signal = signalName(exitCode - SIGNAL_OFFSET);
  return signal === undefined ? exit : { exitCode: null, signal };
}

function signalName(number: number): NodeJS.Signals | undefined {
  // The names come first as keys, so the first of two for one number is the usual one.
  const entry = Object.entries(os.constants.signals).find(([, value]) => value === number);
  return entry?.[0] as NodeJS.Signals | undefined; // its keys are the signals' names
}
