import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { MEMORY_SETTINGS, nodeFlagsOf } from '@linkcast/kit';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** One of our services as a process of its own, with production's flags of Node, which can be killed and started again. */
export interface ServiceProcess {
  /** Of the process that runs now. Throws when none does. */
  pid(): number;
  start(): void;
  /** @returns the exit code; null when a signal ended it, or it did not run. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** @returns the exit code when it ends by itself; null when a signal ends it. */
  ended(): Promise<number | null>;
  /** The output of all its runs. */
  log(): string;
}

/**
 * @param main relative to the root of the repository: `yt-app/src/main.ts`, `dist/yt-app/main.js`.
 * @param environment all that it gets, but for a search path.
 */
export function createServiceProcess(main: string, environment: Readonly<Record<string, string>>): ServiceProcess {
  let child: ChildProcess | undefined;
  let output = '';
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  return {
    pid: () => {
      if (child?.pid === undefined || !isRunning()) throw new Error(`${main} does not run`);
      return child.pid;
    },
    start() {
      child = spawn(process.execPath, [...nodeFlagsOf(main), path.join(ROOT, main)], {
        env: { PATH: process.env['PATH'], ...MEMORY_SETTINGS, ...environment },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    },
    async kill(signal) {
      if (child === undefined || !isRunning()) return null;
      const exited = once(child, 'exit') as Promise<[number | null]>; // the event's first argument
      child.kill(signal);
      return (await exited)[0];
    },
    async ended() {
      if (child && isRunning()) await once(child, 'exit');
      return child?.exitCode ?? null;
    },
    log: () => output,
  };
}
