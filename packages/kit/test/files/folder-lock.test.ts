import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FolderInUse, lockFolder } from '../../src/files/folder-lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const library = JSON.stringify(path.resolve(import.meta.dirname, '../../src/index.ts'));

/** Another process that has locked the folder. */
async function startHolder(folder: string, part: string): Promise<ChildProcess> {
  const script = `import { lockFolder } from ${library};
    lockFolder(${JSON.stringify(folder)}, ${JSON.stringify(part)});
    setInterval(() => {}, 60_000);
    console.log('locked');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** Puts a program in the place of flock, for one test. */
async function replaceFlock(script: string): Promise<void> {
  const programs = await temporaryFolder();
  await writeFile(path.join(programs, 'flock'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(programs, 'flock'), 0o755);
  vi.stubEnv('PATH', programs);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe('lockFolder', () => {
  it('a folder that another process holds: refuses with its part, process and time', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, 'bot');
    const lock = () => lockFolder(folder, 'bot', { waitSeconds: 0.1 });
    expect(lock).toThrow(FolderInUse);
    expect(lock).toThrow(new RegExp(`${folder} is in use by bot \\(process ${holder.pid} on .+, since 20.+Z\\)`));
  });

  it('a holder that is killed: the lock is free at once, whatever its file says', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, 'bot');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await readFile(path.join(folder, 'bot.lock'), 'utf8')).toContain(String(holder.pid));
    lockFolder(folder, 'bot', { waitSeconds: 0.1 }).release();
  });

  it('a holder that is ending: waits for it', async () => {
    const folder = await temporaryFolder();
    const holder = await startHolder(folder, 'bot');
    setTimeout(() => void holder.kill('SIGKILL'), 100);
    const script = `import { lockFolder } from ${library}; lockFolder(${JSON.stringify(folder)}, 'bot');`;
    const successor = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    expect(await once(successor, 'exit')).toEqual([0, null]);
  });

  it('two parts that share a folder: do not exclude each other', async () => {
    const folder = await temporaryFolder();
    await startHolder(folder, 'bot');
    lockFolder(folder, 'yt-app', { waitSeconds: 0.1 }).release();
  });

  it('a released lock: can be taken again by the same process', async () => {
    const folder = await temporaryFolder();
    lockFolder(folder, 'bot').release();
    lockFolder(folder, 'bot', { waitSeconds: 0.1 }).release();
  });

  it.each([
    ['is killed', 'kill -9 $$'],
    ['is misused', 'exit 64'],
    ['cannot be executed', 'exit 126'],
  ])('flock that %s: refuses, because the lock may be held', async (_, script) => {
    const folder = await temporaryFolder();
    await replaceFlock(script);
    expect(() => lockFolder(folder, 'bot')).toThrow(/the lock may be held/);
  });

  it.each([
    ['without locks', 'exit 71'],
    ['that does not support them', 'exit 65'],
  ])('a file system %s: goes on', async (_, script) => {
    await replaceFlock(script);
    lockFolder(await temporaryFolder(), 'bot').release();
  });

  it('a machine without flock: goes on', async () => {
    vi.stubEnv('PATH', await temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    lockFolder(await temporaryFolder(), 'bot').release();
  });

  it('a lock file that cannot be opened: refuses, because the lock may be held', async () => {
    const folder = await temporaryFolder();
    await symlink('bot.lock', path.join(folder, 'bot.lock')); // a loop: root may open a file of anybody
    expect(() => lockFolder(folder, 'bot')).toThrow(/ELOOP/);
  });
});
