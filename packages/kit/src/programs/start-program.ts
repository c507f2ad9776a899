import type { Confinement } from '../sandbox/confinement.ts';
import { readExit, type Exit } from '../sandbox/exit.ts';
import { killGroup, signalGroup, spawnBounded } from './process-group.ts';
import {
  STOPPED_IDLE,
  STOPPED_MESSAGES,
  STOPPED_WALL,
  type Outcome,
  type Program,
  type ProgramOptions,
} from './program.ts';
import { keepStderrTail } from './stderr-tail.ts';

/**
 * Starts a program in a process group of its own and watches over it. On Linux it also dies with us, however we die
 * (`setpriv --pdeathsig`), and can gain no privileges.
 */
export function startProgram(options: ProgramOptions): Program {
  const child = spawnBounded(options);
  const stderrTail = keepStderrTail(child, options, () => void stop(STOPPED_MESSAGES));
  let reason: string | undefined;
  let isHeld = false;
  let hasEnded = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const stop = async (why: string): Promise<Outcome> => {
    if (hasEnded) return outcome; // its process group may belong to another program by now
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning) reason ??= why;
    await killGroup(child, options.graceSeconds ?? 3, outcome);
    return outcome;
  };
  const touch = (): void => {
    clearTimeout(idleTimer);
    if (isHeld || hasEnded || options.idleSeconds === undefined) return;
    idleTimer = setTimeout(() => void stop(STOPPED_IDLE), options.idleSeconds * 1000);
  };
  const wallTimer =
    options.wallSeconds === undefined
      ? undefined
      : setTimeout(() => void stop(STOPPED_WALL), options.wallSeconds * 1000);
  const onAbort = (): void => void stop(abortReason(options.signal));

  const outcome = new Promise<Outcome>((resolve) => {
    const end = (how: Outcome): void => {
      hasEnded = true;
      clearTimeout(idleTimer);
      clearTimeout(wallTimer);
      options.signal?.removeEventListener('abort', onAbort);
      resolve(how);
    };
    child.once('error', (error) => {
      if (child.pid === undefined) end({ kind: 'failed', exitCode: null, signal: null, stderrTail: error.message });
    });
    child.once('exit', () => signalGroup(child, 'SIGKILL')); // children that outlived it would keep its streams open
    child.once('close', (exitCode: number | null, signal: NodeJS.Signals | null) => {
      if (reason !== undefined) end({ kind: 'stopped', reason });
      else if (exitCode === 0) end({ kind: 'finished' });
      else end(failure({ exitCode, signal }, stderrTail(), options.confinement));
    });
  });

  if (options.watchFrom !== 'first-touch') touch();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  const hold = (): void => {
    if (hasEnded) return;
    isHeld = true;
    touch();
    signalGroup(child, 'SIGSTOP');
  };
  const release = (): void => {
    if (!isHeld || hasEnded) return;
    isHeld = false;
    signalGroup(child, 'SIGCONT');
    touch();
  };
  return { pid: child.pid, stdin: child.stdin, stdout: child.stdout, outcome, touch, hold, release, stop };
}

function failure(exit: Exit, stderrTail: string, confinement: Confinement | undefined): Outcome {
  return { kind: 'failed', ...readExit(exit, stderrTail, confinement?.sandbox ?? 'none'), stderrTail };
}

function abortReason(signal: AbortSignal | undefined): string {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : 'aborted';
}
