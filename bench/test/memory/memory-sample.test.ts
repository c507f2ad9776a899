import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { compareMemory, type MemoryFigures } from '../../src/memory/compare-memory.ts';
import { sampleMemory, type MemorySample } from '../../src/memory/memory-sample.ts';
import { programName } from '../../src/memory/program-name.ts';
import { readProcessTree } from '../../src/memory/process-tree.ts';

describe('programName', () => {
  test.each([
    [['node', '/app/dist/yt-app/main.js'], 'yt-app (Node)'],
    [['node', '--max-semi-space-size=1', 'dist/yt-app/worker/main.js'], 'yt-app/worker (Node)'],
    [['node', '/app/yt-app/src/main.ts', ''], 'yt-app (Node)'],
    [['node', './main.js'], 'node'],
    [['nginx: worker process'], 'nginx'],
  ])('the command line %o: is %s', (commandLine, name) => {
    const file = commandLine[0] === 'node' ? '/usr/bin/node' : '/usr/sbin/nginx (deleted)';
    expect(programName(commandLine, file)).toBe(name);
  });
});

describe('a tree of processes', () => {
  const children = new Set<number>();
  afterEach(() => {
    for (const pid of children) process.kill(pid, 'SIGKILL');
    children.clear();
  });

  test('with children in their own process group: includes them, and sums the memory of all programs', async () => {
    const parent = spawn('sh', ['-c', 'setsid sleep 60 & echo $!; sleep 60 & echo $!; wait'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const root = parent.pid ?? 0;
    const [first = 0, second = 0] = await readNumbers(parent.stdout, 2);
    for (const pid of [first, second, root]) children.add(pid);
    expect((await readProcessTree(root)).toSorted()).toEqual([root, first, second].toSorted());
    const sample = await sampleMemory(root, 'shared');
    expect(sample.byProgram.get('sleep')).toBeGreaterThan(0);
    const sum = [...sample.byProgram.values()].reduce((all, bytes) => all + bytes, 0);
    expect(sample.total).toBe(sum);
    expect(sample.own).toBe(sample.byProgram.get('shared')); // none of them runs Node
  });
});

/** The first lines of a stream, each a number. */
async function readNumbers(stream: Readable, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for await (const line of createInterface({ input: stream })) {
    numbers.push(Number(line));
    if (numbers.length === count) break;
  }
  return numbers;
}

describe('compareMemory', () => {
  const sample = (total: number, own: number): MemorySample => ({ byProgram: new Map([['x', total]]), own, total });
  const verdicts = (figures: MemoryFigures): unknown[] =>
    compareMemory(figures).flatMap(({ isMet }) => (isMet === undefined ? [] : [isMet]));

  test('figures within every target: are met', () => {
    const figures = { bare: sample(250e6, 200e6), full: sample(400e6, 300e6), ownPeak: 450e6, jobs: 4 };
    expect(verdicts(figures)).toEqual([true, true, true]);
  });

  test('figures above each target: are missed', () => {
    const figures = { bare: sample(251e6, 200e6), full: sample(401e6, 300e6), ownPeak: 451e6, jobs: 4 };
    expect(verdicts(figures)).toEqual([false, false, false]);
  });
});
