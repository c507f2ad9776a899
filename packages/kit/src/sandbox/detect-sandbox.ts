import { minimalEnvironment, runProgram } from '../program.ts';
import { hasFilterFor } from './filter-file.ts';
import type { Confinement, SandboxKind } from './confinement.ts';

/** Patient, because a trial that is cut short counts as no sandbox. */
const TRIAL_SECONDS = 30;

/** The strictest that we ask for. */
const TRIAL: Omit<Confinement, 'sandbox'> = { readable: [], writable: [], network: 'none', mayStartPrograms: false };

/**
 * Finds out how this machine can confine programs, by confining two: one must run, one must not get what it is after.
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

/** Does the sandbox hold here? It must let one program run, and keep another from what it is after. */
export async function canConfine(sandbox: SandboxKind, env: Readonly<Record<string, string>>): Promise<boolean> {
  const succeeds = async (file: string, ...args: string[]): Promise<boolean> => {
    const confinement = { ...TRIAL, sandbox };
    const { outcome } = await runProgram({ file, args, env, confinement, wallSeconds: TRIAL_SECONDS, graceSeconds: 0 });
    return outcome.kind === 'finished';
  };
  return (await succeeds('true')) && !(await succeeds('cat', `/proc/${process.pid}/environ`));
}
