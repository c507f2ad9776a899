import { minimalEnvironment } from './program-environment.ts';
import { runProgram } from './run-program.ts';
import { hasFilterFor } from '../sandbox/filter-file.ts';
import type { Confinement, SandboxKind } from '../sandbox/confinement.ts';

/** Long, because a trial that times out counts as no sandbox. */
const TRIAL_SECONDS = 30;

/** The strictest confinement that the product uses. */
const TRIAL: Omit<Confinement, 'sandbox'> = { readable: [], writable: [], network: 'none', mayStartPrograms: false };

/**
 * Detects how this machine can confine programs, by confining two: one must run, one must be refused a file.
 * Takes some 20 ms; the answer holds as long as the machine stays as it is, so keep it.
 *
 * @param env where `setpriv`, `prlimit` and `bwrap` are found by PATH.
 */
export async function detectSandbox(
  env: Readonly<Record<string, string>> = minimalEnvironment('/'),
): Promise<SandboxKind> {
  if (process.platform !== 'linux' || !hasFilterFor(process.arch)) return 'none';
  for (const sandbox of ['landlock', 'bubblewrap'] as const) if (await canConfine(sandbox, env)) return sandbox;
  return 'none';
}

/** Reports whether the sandbox works here: it must let one program run, and refuse another a file. */
export async function canConfine(sandbox: SandboxKind, env: Readonly<Record<string, string>>): Promise<boolean> {
  const succeeds = async (file: string, ...args: string[]): Promise<boolean> => {
    const confinement = { ...TRIAL, sandbox };
    const { outcome } = await runProgram({ file, args, env, confinement, wallSeconds: TRIAL_SECONDS, graceSeconds: 0 });
    return outcome.kind === 'finished';
  };
  return (await succeeds('true')) && !(await succeeds('cat', `/proc/${process.pid}/environ`));
}
