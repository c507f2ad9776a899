import { spawn, type ChildProcess, type IOType } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Stream, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createLineReader } from './line-reader.ts';
import { boundedCommand } from '../sandbox/command.ts';
import type { Confinement } from '../sandbox/confinement.ts';
import { readExit, type Exit } from '../sandbox/exit.ts';

/** The end of a program. A stop that we requested is `stopped`, whatever the exit code. */
export type Outcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped'; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stderrTail: string;
    };

export interface ProgramOptions {
  /** Absolute path, or a name that is searched in `env.PATH`. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. See {@link minimalEnvironment}. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default `ignore`. A stream with a descriptor is passed on as it is: its bytes do not pass through Node. */
  readonly stdin?: IOType | Stream;
  readonly stdout?: IOType | Stream;
  /**
   * Gets each whole line of standard error (lines over 64 kB are cut); true means that the line was a progress report.
   * Of the rest, the last 4 kB are kept for the outcome.
   */
  readonly onStderrLine?: (line: string) => boolean;
  /** Stops the program when aborted; the outcome is then `stopped` with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Stops the program when {@link Program.touch} was not called for so long. Off unless set. */
  readonly idleSeconds?: number;
  /** Stops the program after this much time, whatever it does. Off unless set. */
  readonly wallSeconds?: number;
  /** Seconds between the polite stop (SIGTERM) and SIGKILL. Default 3; 0 kills at once. */
  readonly graceSeconds?: number;
  /** Memory that the program, and each program it starts, may have for its data; it sees the end of it as ENOMEM. Linux only. */
  readonly maxMemoryBytes?: number;
  /**
   * The files and networks that the program may reach. Default: everything. Linux only. In bubblewrap a polite stop is SIGKILL, and a
   * program without a readable or writable `cwd` runs in its home, or in `/`.
   */
  readonly confinement?: Confinement;
}

export interface Program {
  readonly pid: number | undefined;
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  /** Resolves when the program and its streams have ended; never rejects. */
  readonly outcome: Promise<Outcome>;
  /** Reports progress: the idle watchdog starts anew. */
  touch(): void;
  /** Pauses the program, its children and its idle watchdog. A paused program can be stopped. */
  hold(): void;
  /** Continues a paused program. */
  release(): void;
  /** SIGTERM to the whole process group, then SIGKILL. Resolves when the program has ended. The first reason counts. */
  stop(reason: string): Promise<Outcome>;
}

/** The reasons that the watchdogs give. */
export const STOPPED_IDLE = 'no progress';
export const STOPPED_WALL = 'took too long';

const STDERR_TAIL_BYTES = 4096;

/** The environment of a program: a search path, a home, a language. Nothing secret, no proxy, no NO_PROXY. */
export function minimalEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    ...more,
  };
}

/**
 * Starts a program in a process group of its own and watches over it. On Linux it also dies with us, however we die
 * (`setpriv --pdeathsig`), and can gain no privileges.
 */
export function startProgram(options: ProgramOptions): Program {
  const child = spawnBounded(options);
  const tail = keepTail(child, options.onStderrLine);
  let reason: string | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  const stop = async (why: string): Promise<Outcome> => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning) reason ??= why;
    await killGroup(child, options.graceSeconds ?? 3, outcome);
    return outcome;
  };
  const touch = (): void => {
    clearTimeout(idleTimer);
    if (options.idleSeconds !== undefined)
      idleTimer = setTimeout(() => void stop(STOPPED_IDLE), options.idleSeconds * 1000);
  };
  const wallTimer =
    options.wallSeconds === undefined
      ? undefined
      : setTimeout(() => void stop(STOPPED_WALL), options.wallSeconds * 1000);
  const onAbort = (): void => void stop(abortReason(options.signal));

  const outcome = new Promise<Outcome>((resolve) => {
    const finish = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      clearTimeout(idleTimer);
      clearTimeout(wallTimer);
      options.signal?.removeEventListener('abort', onAbort);
      if (reason !== undefined) resolve({ kind: 'stopped', reason });
      else if (exitCode === 0) resolve({ kind: 'finished' });
      else resolve(failure({ exitCode, signal }, tail(), options.confinement));
    };
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'failed', exitCode: null, signal: null, stderrTail: error.message });
    });
    child.once('exit', () => signalGroup(child, 'SIGKILL')); // children that outlived it would keep its streams open
    child.once('close', finish);
  });

  touch();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  const hold = (): void => {
    clearTimeout(idleTimer);
    signalGroup(child, 'SIGSTOP');
  };
  const release = (): void => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child, 'SIGCONT');
    touch();
  };
  return { pid: child.pid, stdin: child.stdin, stdout: child.stdout, outcome, touch, hold, release, stop };
}

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

/** Starts the program behind its wrappers. The descriptor that a wrapper reads is open during the start only. */
function spawnBounded(options: ProgramOptions): ChildProcess {
  const command = boundedCommand(options);
  const descriptors = command.filterFile === undefined ? [] : [openSync(command.filterFile, 'r')];
  try {
    return spawn(command.file, command.args, {
      cwd: options.cwd,
      env: { ...options.env },
      detached: true,
      stdio: [options.stdin ?? 'ignore', options.stdout ?? 'ignore', 'pipe', ...descriptors],
    });
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

function failure(exit: Exit, stderrTail: string, confinement: Confinement | undefined): Outcome {
  return { kind: 'failed', ...readExit(exit, stderrTail, confinement?.sandbox ?? 'none'), stderrTail };
}

async function killGroup(child: ChildProcess, graceSeconds: number, outcome: Promise<Outcome>): Promise<void> {
  if (graceSeconds > 0) {
    signalGroup(child, 'SIGTERM');
    const grace = new AbortController();
    const hasEnded = await Promise.race([
      outcome.then(() => true),
      delay(graceSeconds * 1000, false, { signal: grace.signal }).catch(() => false), // aborted: it ended in time
    ]);
    grace.abort();
    if (hasEnded) return;
  }
  signalGroup(child, 'SIGKILL');
  await outcome;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: it has ended already
  }
}

function keepTail(child: ChildProcess, onLine: ((line: string) => boolean) | undefined): () => string {
  let tail = '';
  const reader = createLineReader((line) => {
    if (onLine?.(line) !== true) tail = `${tail}${line}\n`.slice(-STDERR_TAIL_BYTES);
  });
  child.stderr?.on('data', reader.push);
  child.stderr?.on('end', reader.end);
  return () => tail.trimEnd();
}

function abortReason(signal: AbortSignal | undefined): string {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : 'aborted';
}
