import { expect, test } from 'vitest';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { runProgram } from '../../src/programs/run-program.ts';
import { availableSandboxes } from './available-sandboxes.ts';

const sandboxes = [{ sandbox: 'none', env: minimalEnvironment('/tmp') } as const, ...(await availableSandboxes())];

test.each(sandboxes)('a program with idle priority in $sandbox: has it, and so has its child', async (options) => {
  const { sandbox, env } = options;
  const { outcome, stdout } = await runProgram({
    file: 'sh',
    args: ['-c', 'nice; ionice; sh -c nice'],
    env,
    priority: 'idle',
    confinement: { sandbox, readable: [], writable: [], network: 'none', mayStartPrograms: true },
  });
  expect(outcome).toEqual({ kind: 'finished' });
  expect(stdout.split('\n')).toEqual(['19', 'idle', '19', '']);
});

test('a program without a priority: has the one of this process', async () => {
  const options = { file: 'nice', args: [], env: minimalEnvironment('/tmp') };
  const { stdout } = await runProgram(options);
  const { stdout: idle } = await runProgram({ ...options, priority: 'idle' });
  expect(stdout).not.toBe(idle);
});
