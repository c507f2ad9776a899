import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '@linkcast/testing';
import type { Program, ProgramOptions } from '../../src/programs/program.ts';
import { runProgram } from '../../src/programs/run-program.ts';
import { startProgram } from '../../src/programs/start-program.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { availableSandboxes } from './available-sandboxes.ts';

const sandboxes = await availableSandboxes();

/** Command lines of the processes that carry the marker. */
async function processesWith(marker: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))); // ended
  return lines.filter((line) => line.includes(marker));
}

async function firstLine(program: Program): Promise<string> {
  if (!program.stdout) throw new Error('no standard output');
  const [chunk] = (await once(program.stdout, 'data')) as [Buffer]; // a pipe without encoding
  return chunk.toString().trim();
}

describe.each(sandboxes)('a program in $sandbox', ({ sandbox, env }) => {
  const confinement = { sandbox, readable: [], writable: [], network: 'none', mayStartPrograms: true } as const;
  const python = (script: string, more: Partial<ProgramOptions> = {}): ProgramOptions => ({
    file: 'python3',
    args: ['-s', '-c', script],
    env,
    confinement,
    graceSeconds: 0,
    ...more,
  });
  const run = (script: string, more?: Partial<ProgramOptions>) => runProgram(python(script, more));

  it('that exits with 0: is finished, and its output arrives', async () => {
    expect(await run('print("hello")')).toEqual({ outcome: { kind: 'finished' }, stdout: 'hello\n' });
  });

  it('that fails: gives its own exit code and standard error', async () => {
    const { outcome } = await run('import sys; print("broken", file=sys.stderr); sys.exit(3)');
    expect(outcome).toEqual({ kind: 'failed', exitCode: 3, signal: null, stderrTail: 'broken' });
  });

  it('that crashes: fails with the signal', async () => {
    const { outcome } = await run('import ctypes; ctypes.string_at(0)');
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: null, signal: 'SIGSEGV' });
  });

  it('that is missing, or cannot be executed: fails with 127 or 126', async () => {
    const missing = await runProgram({ ...python(''), file: 'no-such-program' });
    expect(missing.outcome).toMatchObject({ kind: 'failed', exitCode: 127 });
    const file = path.join(await temporaryFolder(), 'program');
    await writeFile(file, '#!/bin/sh\n');
    const forbidden = await runProgram({ ...python(''), file, confinement: { ...confinement, readable: [file] } });
    expect(forbidden.outcome).toMatchObject({ kind: 'failed', exitCode: 126 });
  });

  it('whose sandbox cannot be set up: fails with 126', async () => {
    const readable = [`/proc/self/task/${process.pid}`]; // it is there for us, and not for the wrapper
    const { outcome } = await run('', { confinement: { ...confinement, readable } });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 126 });
  });

  it('that requests more memory than its limit: gets a MemoryError, and cannot raise the limit', async () => {
    const { outcome } = await run('bytearray(300_000_000)', { maxMemoryBytes: 200e6 });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
    expect(outcome.kind === 'failed' && outcome.stderrTail).toContain('MemoryError');
    const raise = 'import resource as r; r.setrlimit(r.RLIMIT_DATA, (r.RLIM_INFINITY, r.RLIM_INFINITY))';
    expect((await run(raise, { maxMemoryBytes: 200e6 })).outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
  });

  it('with open descriptors of ours: inherits only those that it inherits without the sandbox', async () => {
    const list = `
import os
def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False
print([number for number in range(256) if is_open(number)])`;
    const unconfined = await run(list, { confinement: { ...confinement, sandbox: 'none' } });
    expect((await run(list)).stdout).toBe(unconfined.stdout);
  });

  it('on hold: does not run until it is released, and can be stopped meanwhile', async () => {
    const script = 'import sys; print("ready", flush=True); sys.stdin.readline(); print("done")';
    const options = python(script, { stdin: 'pipe', stdout: 'pipe' });
    const [released, stopped] = [startProgram(options), startProgram(options)];
    await Promise.all([firstLine(released), firstLine(stopped)]);
    for (const program of [released, stopped]) {
      program.hold();
      program.stdin?.end('go\n');
    }
    expect(await Promise.race([released.outcome, stopped.outcome, delay(500, 'on hold')])).toBe('on hold');
    released.release();
    expect(await released.outcome).toEqual({ kind: 'finished' });
    expect(await stopped.stop('enough')).toEqual({ kind: 'stopped', reason: 'enough' });
  });

  const DAEMON = `
import os, sys, time
for leave in (os.setsid, lambda: os.setpgid(0, 0)):
    if os.fork() != 0:
        time.sleep(600)
    try:
        leave()
    except OSError:
        pass
print("ready", flush=True)
time.sleep(600)`;

  it('that makes itself a daemon: leaves no process when it is stopped', async () => {
    const marker = randomUUID();
    const program = startProgram(python(DAEMON, { args: ['-s', '-c', DAEMON, marker], stdout: 'pipe' }));
    await firstLine(program);
    expect((await processesWith(marker)).length).toBeGreaterThanOrEqual(3);
    await program.stop('test over');
    await until(async () => (await processesWith(marker)).length === 0);
  });

  it('whose parent is killed: is killed too', async () => {
    const marker = randomUUID();
    const script = 'import time; print("ready", flush=True); time.sleep(600)';
    const options = { ...python(script), args: ['-s', '-c', script, marker], stdout: 'pipe' };
    const library = JSON.stringify(path.resolve(import.meta.dirname, '../../src/programs/start-program.ts'));
    const source = `import { startProgram } from ${library};
      startProgram(${JSON.stringify(options)}).stdout.pipe(process.stdout);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    parent.kill('SIGKILL');
    await until(async () => (await processesWith(marker)).length === 0);
  });
});
