import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { boundedCommand } from '../sandbox/command.ts';
import type { ProgramOptions } from './program.ts';

/** Starts the program behind its wrappers, as the leader of a process group. The descriptor that a wrapper reads is open during the start only. */
export function spawnBounded(options: ProgramOptions): ChildProcess {
  const command = boundedCommand(options);
  const descriptors = command.filterFile === undefined ? [] : [openSync(command.filterFile, 'r')];
  try {
    return spawn(command.file, command.args, {
      cwd: options.cwd,
      env: { ...options.env },
      detached: true,
      stdio: [inputOf(options), options.stdout ?? 'ignore', 'pipe', ...descriptors],
    });
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

/** The stream of a program that has ended already cannot be passed on: the input is empty then. */
function inputOf({ stdin = 'ignore' }: ProgramOptions): NonNullable<ProgramOptions['stdin']> {
  return stdin instanceof Readable && stdin.destroyed ? 'ignore' : stdin;
}

/** SIGTERM to the group, SIGKILL when `ended` has not resolved after the grace. Resolves with it. */
export async function killGroup(child: ChildProcess, graceSeconds: number, ended: Promise<unknown>): Promise<void> {
  if (graceSeconds > 0) {
    signalGroup(child, 'SIGTERM');
    const grace = new AbortController();
    const hasEnded = await Promise.race([
      ended.then(() => true),
      delay(graceSeconds * 1000, false, { signal: grace.signal }).catch(() => false), // aborted: it ended in time
    ]);
    grace.abort();
    if (hasEnded) return;
  }
  signalGroup(child, 'SIGKILL');
  await ended;
}

/** Sends a signal to the program and its children. Nothing happens when all have ended. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: it has ended already
  }
}
