import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '@linkcast/testing';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import { runProgram } from '../../src/programs/run-program.ts';
import type { Confinement, SandboxKind } from '../../src/sandbox/confinement.ts';
import { detectSandbox } from '../../src/programs/detect-sandbox.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { availableSandboxes } from './available-sandboxes.ts';
import { createRunContext, type RunContext } from './run-context.ts';

const SCRIPT = path.join(import.meta.dirname, 'taken-over-decoder.py');
/** As ffmpeg and as yt-dlp are confined. */
const DECODER = { network: 'none', mayStartPrograms: false } as const;
const DOWNLOADER = { network: 'shared', mayStartPrograms: true } as const;
/** Attempts that the kernel's own settings, or the container around the tests, may refuse without any sandbox of ours. */
const MAYBE_REFUSED_ANYWAY = [
  'set up io_uring',
  'open with openat2',
  'have a user namespace',
  'trace another process',
  'read the memory of another process',
];

const sandboxes = await availableSandboxes();

let context: RunContext;
beforeEach(async () => {
  context = await createRunContext();
});
afterEach(() => context.close());

async function takeOver(
  sandbox: SandboxKind,
  rights: Pick<Confinement, 'network' | 'mayStartPrograms'>,
  env: Record<string, string>,
): Promise<Record<string, string>> {
  const readable = [SCRIPT, context.readable];
  const { outcome, stdout } = await runProgram({
    file: 'python3',
    args: ['-s', SCRIPT, JSON.stringify(context.facts)],
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1' },
    cwd: context.job,
    confinement: { sandbox, readable, writable: [context.job], ...rights },
  });
  expect(outcome).toEqual({ kind: 'finished' });
  return JSON.parse(stdout) as Record<string, string>; // the script prints such an object
}

function done(result: Record<string, string>): string[] {
  return Object.keys(result).filter((attempt) => result[attempt] === 'done');
}

it('a taken-over program without a sandbox: reaches everything', async () => {
  const result = await takeOver('none', DOWNLOADER, minimalEnvironment('/tmp'));
  const refused = Object.entries(result).filter(
    ([name, how]) => how !== 'done' && !MAYBE_REFUSED_ANYWAY.includes(name),
  );
  expect(refused).toEqual([]);
  await until(() => context.arrived() === 4);
});

it('this machine: has a sandbox to test', () => {
  expect(sandboxes.map(({ sandbox }) => sandbox)).not.toEqual([]);
});

describe.each(sandboxes)('a taken-over program in $sandbox', ({ sandbox, env }) => {
  it('as a decoder: reaches nothing', async () => {
    const before = await context.outside();
    const result = await takeOver(sandbox, DECODER, env);
    expect(done(result)).toEqual([]);
    expect(Object.keys(result).length).toBeGreaterThan(30);
    expect(await context.outside()).toBe(before);
    expect(context.arrived()).toBe(0);
  });

  it('as a downloader: has TCP, UDP and child processes, and reaches nothing else', async () => {
    const before = await context.outside();
    const result = await takeOver(sandbox, DOWNLOADER, env);
    expect(done(result)).toEqual(['connect over TCP', 'send over UDP', 'start a process']);
    expect(await context.outside()).toBe(before);
  });
});

describe('detectSandbox', () => {
  it('with a working wrapper: gives its name', async () => {
    const [first] = sandboxes;
    expect(await detectSandbox(first?.env)).toBe(first?.sandbox);
  });

  it('without wrappers: gives none', async () => {
    expect(await detectSandbox({ PATH: '/nowhere' })).toBe('none');
  });

  it('with wrappers that start programs and confine nothing: gives none', async () => {
    const folder = await temporaryFolder();
    for (const name of ['setpriv', 'bwrap'])
      await writeFile(path.join(folder, name), '#!/bin/sh\nexec cat "/proc/$PPID/environ"\n', { mode: 0o755 });
    expect(await detectSandbox({ PATH: `${folder}:/usr/bin:/bin` })).toBe('none');
  });
});
