import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { STOPPED_IDLE, type Program } from '../../src/programs/program.ts';
import { startProgram } from '../../src/programs/start-program.ts';

const IDLE_SECONDS = 0.3;

function start(script: string): Program {
  const env = minimalEnvironment('/tmp');
  return startProgram({ file: 'sh', args: ['-c', script], env, stdin: 'pipe', idleSeconds: IDLE_SECONDS });
}

describe('touch', () => {
  it('of a program on hold: does not start the watchdog, which starts anew at the release', async () => {
    const program = start('read line');
    program.hold();
    program.touch();
    expect(await Promise.race([program.outcome, delay(IDLE_SECONDS * 3000, 'on hold')])).toBe('on hold');
    program.release();
    expect(await program.outcome).toEqual({ kind: 'stopped', reason: STOPPED_IDLE });
  });

  it('after the end: starts no timer', async () => {
    const program = start('exit 0');
    await program.outcome;
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    program.touch();
    program.release();
    expect(setTimer).not.toHaveBeenCalled();
    setTimer.mockRestore();
  });
});

describe('a program that is watched from the first touch', () => {
  it('silent before it: runs on; silent after it: is stopped', async () => {
    const env = minimalEnvironment('/tmp');
    const program = startProgram({
      file: 'sh',
      args: ['-c', 'read line'],
      env,
      stdin: 'pipe',
      idleSeconds: IDLE_SECONDS,
      watchFrom: 'first-touch',
    });
    expect(await Promise.race([program.outcome, delay(IDLE_SECONDS * 3000, 'runs')])).toBe('runs');
    program.touch();
    expect(await program.outcome).toEqual({ kind: 'stopped', reason: STOPPED_IDLE });
  });
});

describe('a program that has ended', () => {
  it('stopped, held and released: gets no signal, and its outcome stays', async () => {
    const program = start('exit 0');
    await program.outcome;
    const kill = vi.spyOn(process, 'kill');
    program.hold();
    program.release();
    expect(await program.stop('too late')).toEqual({ kind: 'finished' });
    expect(kill).not.toHaveBeenCalled();
    kill.mockRestore();
  });

  it('because its file is missing: starts no timer when touched', async () => {
    const program = startProgram({
      file: 'no-such',
      args: [],
      env: { PATH: '/nowhere' },
      wallSeconds: 60,
      idleSeconds: 60,
    });
    expect(await program.outcome).toMatchObject({ kind: 'failed' });
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    program.touch();
    expect(setTimer).not.toHaveBeenCalled();
    setTimer.mockRestore();
  });
});
