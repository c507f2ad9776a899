import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../../src/log/logger.ts';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { startProgram } from '../../src/programs/start-program.ts';
import { createSupervisor, type SupervisorOptions } from '../../src/programs/supervisor.ts';
import { isRunning } from './processes.ts';

/** Other tests may have the processor. */
const PATIENT = { timeout: 10_000 };

function supervise(script: string, options: Partial<SupervisorOptions> = {}) {
  const pids: number[] = [];
  const supervisor = createSupervisor({
    name: 'test',
    logger: createLogger({ service: 'test', level: 'silent' }),
    minDelayMs: 20,
    start: () => {
      const program = startProgram({ file: 'sh', args: ['-c', script], env: minimalEnvironment('/tmp') });
      pids.push(program.pid ?? 0);
      return program;
    },
    ...options,
  });
  onTestFinished(() => supervisor.stop());
  return { supervisor, pids };
}

describe('createSupervisor', () => {
  it('a killed program: is started again', async () => {
    const { supervisor, pids } = supervise('exec sleep 60');
    expect(supervisor.signal('SIGKILL')).toBe(true);
    await vi.waitUntil(() => pids.length === 2 && isRunning(pids[1] ?? 0), PATIENT);
    expect(supervisor.pid).toBe(pids[1]);
    expect(isRunning(pids[0] ?? 0)).toBe(false);
  });

  it('a program that ends at once each time: is started after growing delays', async () => {
    const { pids } = supervise('exit 1', { minDelayMs: 50 });
    const startMs = performance.now();
    await vi.waitUntil(() => pids.length === 4, PATIENT);
    expect(performance.now() - startMs).toBeGreaterThan(50 + 100 + 200 - 10);
  });

  it('a stop while the program runs: ends it, and it is not started again', async () => {
    const { supervisor, pids } = supervise('exec sleep 60');
    await supervisor.stop();
    expect(pids).toHaveLength(1);
    expect(isRunning(pids[0] ?? 0)).toBe(false);
    expect([supervisor.pid, supervisor.signal('SIGHUP')]).toEqual([undefined, false]);
  });

  it('a stop during a delay: the program is not started again', async () => {
    const { supervisor, pids } = supervise('exit 1', { minDelayMs: 60_000 });
    await vi.waitUntil(() => supervisor.pid === undefined, PATIENT);
    await supervisor.stop();
    expect(pids).toHaveLength(1);
  });
});
