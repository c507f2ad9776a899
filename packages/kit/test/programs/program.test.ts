import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { STOPPED_IDLE, STOPPED_WALL, type Program, type ProgramOptions } from '../../src/programs/program.ts';
import { runProgram } from '../../src/programs/run-program.ts';
import { startProgram } from '../../src/programs/start-program.ts';
import { isRunning, processGroup } from './processes.ts';

const env = minimalEnvironment('/tmp');
/** Other tests may have the processor. */
const PATIENT = { timeout: 10_000 };

/** A shell script as a program; its output is read line by line. */
function start(script: string, options: Partial<ProgramOptions> = {}): Program & { firstLine: Promise<string> } {
  const program = startProgram({ file: 'sh', args: ['-c', script], env, stdout: 'pipe', ...options });
  const firstLine = new Promise<string>((resolve) => {
    program.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return { ...program, firstLine };
}

describe('startProgram', () => {
  it('a program that exits with 0: is finished', async () => {
    expect(await start('exit 0').outcome).toEqual({ kind: 'finished' });
  });

  it('a program that reads from one that was killed before: gets an empty input', async () => {
    const source = start('echo some; exec sleep 60');
    process.kill(source.pid ?? 0, 'SIGKILL');
    await source.outcome;
    await vi.waitFor(() => expect(source.stdout?.destroyed).toBe(true));
    const reader = start('wc -c', { stdin: source.stdout ?? 'ignore' });
    expect(await reader.firstLine).toBe('0');
    expect(await reader.outcome).toEqual({ kind: 'finished' });
  });

  it('a program that fails: gives its exit code and the end of its standard error', async () => {
    const lines: string[] = [];
    const program = start('i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 3', {
      onStderrLine: (line) => {
        lines.push(line);
        return false;
      },
    });
    const outcome = await program.outcome;
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 3, signal: null });
    expect(lines).toHaveLength(2000);
    if (outcome.kind === 'failed') {
      expect(outcome.stderrTail).toMatch(/line 1999$/);
      expect(outcome.stderrTail.length).toBeLessThanOrEqual(4096);
    }
  });

  it('a program on hold: is not stopped as idle, and continues when released', async () => {
    const program = start('echo here; read line; echo done', { stdin: 'pipe', idleSeconds: 1 });
    await program.firstLine;
    program.hold();
    program.stdin?.end('go\n');
    expect(await Promise.race([program.outcome, delay(1500, 'on hold')])).toBe('on hold');
    program.release();
    expect(await program.outcome).toEqual({ kind: 'finished' });
  });

  it('a program on hold that is stopped: ends with the reason', async () => {
    const program = start('echo here; sleep 60', { graceSeconds: 0 });
    await program.firstLine;
    program.hold();
    expect(await program.stop('enough')).toEqual({ kind: 'stopped', reason: 'enough' });
  });

  it('a line that counts as progress: is not in the end of standard error', async () => {
    const onStderrLine = (line: string) => line.startsWith('progress');
    const program = start('echo "progress 1" >&2; echo broken >&2; exit 1', { onStderrLine });
    expect(await program.outcome).toMatchObject({ kind: 'failed', exitCode: 1, stderrTail: 'broken' });
  });

  it('a program killed by somebody else: fails with that signal', async () => {
    expect(await start('kill -9 $$').outcome).toMatchObject({ kind: 'failed', exitCode: null, signal: 'SIGKILL' });
  });

  it.each(['no-such-program', '/nowhere/program'])('%s, a missing file: fails with the reason', async (file) => {
    const outcome = await startProgram({ file, args: [], env }).outcome;
    expect(outcome.kind === 'failed' && outcome.stderrTail).toMatch(/no such file/i);
  });

  it('a program: has a process group of its own and can gain no privileges', async () => {
    const program = start('grep NoNewPrivs /proc/self/status; sleep 60');
    expect(await program.firstLine).toMatch(/NoNewPrivs:\s+1/);
    expect(processGroup(program.pid ?? 0)).toBe(program.pid);
    expect(processGroup(process.pid)).not.toBe(program.pid);
    await program.stop('test over');
  });

  it('a program: has the given environment, and no variable of ours', async () => {
    process.env['LINKCAST_TEST_SECRET'] = 'secret';
    const { stdout } = await runProgram({ file: 'env', args: [], env: minimalEnvironment('/home/x', { MORE: '1' }) });
    delete process.env['LINKCAST_TEST_SECRET'];
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0])
        .toSorted(),
    ).toEqual(['HOME', 'LANG', 'MORE', 'PATH', 'TMPDIR']);
  });

  it('arguments with characters of a shell: are passed unchanged', async () => {
    const odd = ['$(id)', '; id', '-n', 'ü "quoted" \'text\'', '*'];
    const { stdout } = await runProgram({ file: 'printf', args: ['%s\\n', ...odd], env });
    expect(stdout.split('\n').slice(0, -1)).toEqual(odd);
  });
});

describe('stop', () => {
  it('a program stopped twice: is stopped with the first reason', async () => {
    const program = start('echo ready; sleep 60');
    await program.firstLine;
    const outcomes = await Promise.all([program.stop('cancelled'), program.stop('too late')]);
    expect(outcomes).toEqual(Array(2).fill({ kind: 'stopped', reason: 'cancelled' }));
    expect(isRunning(program.pid ?? 0)).toBe(false);
  });

  it('a program that exits with 0 at SIGTERM: is stopped', async () => {
    const program = start('trap "exit 0" TERM; echo ready; while :; do sleep 0.05; done');
    await program.firstLine;
    expect(await program.stop('cancelled')).toEqual({ kind: 'stopped', reason: 'cancelled' });
  });

  it('a program that ignores SIGTERM: is killed after the grace time', async () => {
    const program = start('trap "" TERM; echo ready; while :; do sleep 0.05; done', { graceSeconds: 0.3 });
    await program.firstLine;
    const startMs = performance.now();
    expect(await program.stop('cancelled')).toEqual({ kind: 'stopped', reason: 'cancelled' });
    expect(performance.now() - startMs).toBeGreaterThan(290);
    expect(isRunning(program.pid ?? 0)).toBe(false);
  });

  it('the children of a stopped program and their children: end with it', async () => {
    const program = start('sh -c \'trap "" TERM; sleep 60 & echo $!; wait\' & wait', { graceSeconds: 0.2 });
    const grandchild = Number(await program.firstLine);
    expect(isRunning(grandchild)).toBe(true);
    await program.stop('cancelled');
    await vi.waitUntil(() => !isRunning(grandchild), PATIENT);
  });

  it('children that outlive a finished program: are killed, and do not delay its outcome', async () => {
    const program = start('sleep 60 & echo $!', { wallSeconds: 10 });
    const child = Number(await program.firstLine);
    expect(await program.outcome).toEqual({ kind: 'finished' });
    await vi.waitUntil(() => !isRunning(child), PATIENT);
  });

  it('a program that has ended: keeps its outcome', async () => {
    const program = start('exit 0');
    await program.outcome;
    expect(await program.stop('too late')).toEqual({ kind: 'finished' });
  });
});

describe('limits', () => {
  it('a program without progress: is stopped as idle', async () => {
    expect(await start('sleep 60', { idleSeconds: 0.2 }).outcome).toEqual({ kind: 'stopped', reason: STOPPED_IDLE });
  });

  it('a program that is touched: runs until the touches end', async () => {
    const program = start('while :; do echo tick; sleep 0.05; done', { idleSeconds: 0.5 });
    let touches = 0;
    program.stdout?.on('data', () => {
      touches += 1;
      if (touches < 20) program.touch();
    });
    expect(await program.outcome).toEqual({ kind: 'stopped', reason: STOPPED_IDLE });
    expect(touches).toBeGreaterThan(20);
  });

  it('a program that runs too long with progress: is stopped at the wall limit', async () => {
    const program = start('while :; do echo tick; sleep 0.05; done', { wallSeconds: 0.3, idleSeconds: 5 });
    program.stdout?.on('data', () => program.touch());
    expect(await program.outcome).toEqual({ kind: 'stopped', reason: STOPPED_WALL });
  });

  it.each([
    ['before', AbortSignal.abort(new Error('shutdown')), 'shutdown'],
    ['while', AbortSignal.timeout(100), 'The operation was aborted due to timeout'],
  ])('a signal aborted %s it runs: stops it with the reason', async (_, signal, reason) => {
    expect(await start('sleep 60', { signal }).outcome).toEqual({ kind: 'stopped', reason });
  });

  it('a program that prints too much: is stopped, and the output is cut', async () => {
    const { outcome, stdout } = await runProgram({ file: 'yes', args: [], env, maxBytes: 100_000 });
    expect(outcome).toEqual({ kind: 'stopped', reason: 'printed too much' });
    expect(stdout.length).toBeLessThanOrEqual(100_000);
  });
});

describe('the death of the parent', () => {
  it('kill -9 of the parent: kills the program too', async () => {
    const library = JSON.stringify(path.resolve(import.meta.dirname, '../../src/index.ts'));
    const script = `import { minimalEnvironment, startProgram } from ${library};
      const program = startProgram({
        file: 'sh', args: ['-c', 'echo $$; exec sleep 60'], env: minimalEnvironment('/tmp'), stdout: 'pipe',
      });
      program.stdout.pipe(process.stdout);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [chunk] = (await once(parent.stdout, 'data')) as [Buffer]; // a pipe without encoding
    const pid = Number(chunk.toString());
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitUntil(() => !isRunning(pid), PATIENT);
  });
});
