import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '@linkcast/testing';

const ROOT = path.resolve(import.meta.dirname, '../..');
const START_SECONDS = 120;
/** A machine without Docker: images that others have built there must not decide where a target runs. */
const MACHINE = { CI: 'true', DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

/** `make local`, as a person runs it. */
export interface LocalRun {
  /** Of make; everything else of the stack is below it. */
  readonly pid: number;
  /** All that was printed. */
  output(): string;
  /** Ends it as Ctrl-C does; resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts `make local` and waits until it says that it runs.
 *
 * @param settings on top of this process's environment.
 * @throws with what was printed, when it does not start.
 */
export async function runMakeLocal(settings: Readonly<Record<string, string>>): Promise<LocalRun> {
  const make = spawn('make', ['local'], {
    cwd: ROOT,
    env: { ...process.env, ...MACHINE, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [make.stdout, make.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = async (): Promise<void> => {
    if (make.exitCode !== null || make.signalCode !== null) return;
    const exited = once(make, 'exit');
    process.kill(-(make.pid ?? 0), 'SIGINT'); // the whole foreground group
    await exited;
  };
  const isRunning = (): boolean => output.includes('Linkcast is running: ') && output.includes('/sign-in#');
  try {
    await until(() => isRunning() || make.exitCode !== null, START_SECONDS);
    if (make.exitCode !== null) throw new Error(`make local ended with ${make.exitCode}`);
  } catch (error) {
    await stop();
    throw new Error(output, { cause: error });
  }
  return { pid: make.pid ?? 0, output: () => output, stop }; // it runs: it has an id
}

/** Runs a target of make to its end. @returns all that it has printed @throws when it fails, with the same */
export async function runMake(target: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const env = { ...process.env, ...MACHINE, ...settings };
  const child = spawn('make', ['--silent', target], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`make ${target} ended with ${code}: ${output}`);
  return output;
}
