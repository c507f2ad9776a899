import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { killLeftovers, OWNER_VARIABLE } from '../../src/programs/leftovers.ts';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { startProgram } from '../../src/programs/start-program.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function sleeper(owner: string) {
  const env = minimalEnvironment('/tmp', { [OWNER_VARIABLE]: owner });
  return startProgram({ file: 'sh', args: ['-c', 'echo ready; sleep 60'], env, stdout: 'pipe' });
}

describe('killLeftovers', () => {
  it('programs that start others all the time: have ended when it resolves', async () => {
    const owner = await temporaryFolder();
    const env = minimalEnvironment('/tmp', { [OWNER_VARIABLE]: owner });
    const script = 'echo ready; while :; do sleep 60 & sleep 0.02; done';
    const { stdout, outcome } = startProgram({ file: 'sh', args: ['-c', script], env, stdout: 'pipe' });
    if (stdout) await once(stdout, 'data');

    await killLeftovers(owner);
    expect(await killLeftovers(owner)).toBe(0);
    expect(await outcome).toMatchObject({ signal: 'SIGKILL' });
  });

  it('programs of one owner: are killed with their children, and those of another owner run on', async () => {
    const owner = await temporaryFolder();
    const [mine, other] = [sleeper(owner), sleeper(`${owner}-other`)];
    for (const { stdout } of [mine, other]) if (stdout) await once(stdout, 'data');

    expect(await killLeftovers(owner)).toBeGreaterThanOrEqual(1);
    expect(await mine.outcome).toMatchObject({ kind: 'failed', signal: 'SIGKILL' });
    expect(await killLeftovers(owner)).toBe(0);
    expect(await other.stop('test over')).toEqual({ kind: 'stopped', reason: 'test over' });
  });

  it('a retitled program: is found by its name in the directory of its owner, and neither suffices alone', async () => {
    const [owner, other] = [await temporaryFolder(), await temporaryFolder()];
    const start = (name: string, cwd: string) => {
      // the environment has no mark, as that of nginx
      return startProgram({ file: path.join(owner, name), args: ['60'], env: minimalEnvironment('/tmp'), cwd });
    };
    for (const name of ['retitled', 'shell']) await copyFile('/usr/bin/sleep', path.join(owner, name));
    const [left, foreign, shell] = [start('retitled', owner), start('retitled', other), start('shell', owner)];
    await expect.poll(() => killLeftovers(owner, { retitled: 'retitled' })).toBe(1);

    expect(await left.outcome).toMatchObject({ kind: 'failed', signal: 'SIGKILL' });
    expect(await killLeftovers(owner, { retitled: 'retitled' })).toBe(0);
    for (const spared of [foreign, shell])
      expect(await spared.stop('test over')).toEqual({ kind: 'stopped', reason: 'test over' });
  });
});
