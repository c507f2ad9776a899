import type { IOType } from 'node:child_process';
import type { Readable, Stream, Writable } from 'node:stream';
import type { Confinement } from '../sandbox/confinement.ts';
import type { Priority } from '../sandbox/priority.ts';

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
  /** Stops the program after so many bytes of standard error that are no progress: each line costs us time. Off unless set. */
  readonly maxStderrBytes?: number;
  /** Stops the program when aborted; the outcome is then `stopped` with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Stops the program when {@link Program.touch} was not called for so long. Off unless set. */
  readonly idleSeconds?: number;
  /** The idle watchdog runs from the start of the program (default), or from the first touch. */
  readonly watchFrom?: 'start' | 'first-touch';
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
  /** Default: `ordinary`. Linux only. */
  readonly priority?: Priority;
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

/** The reasons that the watchdogs give; the last one is that of `runProgram`. */
export const STOPPED_IDLE = 'no progress';
export const STOPPED_WALL = 'took too long';
export const STOPPED_MESSAGES = 'printed too many messages';
export const STOPPED_OUTPUT = 'printed too much';
