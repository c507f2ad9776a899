import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readIfThere, writeFileAtomic } from '../../src/files/atomic-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Writes more than the process may, as on a full disk. @returns the code of the error. */
async function writeBeyondLimit(file: string): Promise<string> {
  const library = JSON.stringify(path.resolve(import.meta.dirname, '../../src/files/atomic-file.ts'));
  const script = `import { writeFileAtomic } from ${library};
    process.on('SIGXFSZ', () => undefined); // the write fails instead
    await writeFileAtomic(process.argv[1], 'x'.repeat(1e6)).catch((error) => process.stdout.write(error.code));`;
  const node = [process.execPath, '--input-type=module', '-e', script, file];
  return (await promisify(execFile)('prlimit', ['--fsize=100000', ...node])).stdout;
}

describe('writeFileAtomic', () => {
  it.each([true, false])(
    'a new file (durable: %s): has its content and mode, without a temporary file left',
    async (durable) => {
      const folder = await temporaryFolder();
      await writeFileAtomic(path.join(folder, 'token'), 'secret', { mode: 0o600, durable });
      expect(await readdir(folder)).toEqual(['token']);
      expect(await readFile(path.join(folder, 'token'), 'utf8')).toBe('secret');
      expect((await stat(path.join(folder, 'token'))).mode & 0o777).toBe(0o600);
    },
  );

  it('a file written repeatedly: is never read in part', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    const contents = ['a', 'b'].map((letter) => letter.repeat(200_000));
    await writeFile(file, contents[0] ?? '');
    const seen = new Set<string>();
    const writing = (async () => {
      for (let round = 0; round < 20; round += 1)
        await writeFileAtomic(file, contents[round % 2] ?? '', { durable: false });
    })();
    for (let round = 0; round < 50; round += 1) seen.add(await readFile(file, 'utf8'));
    await writing;
    expect(contents).toEqual(expect.arrayContaining([...seen]));
  });

  it('a write that fails halfway: the old file keeps its content, and no temporary file is left', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFile(file, 'old');
    expect(await writeBeyondLimit(file)).toBe('EFBIG');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('a write that cannot start or be finished: leaves no temporary file', async () => {
    const folder = await temporaryFolder();
    await expect(writeFileAtomic(path.join(folder, 'target/file'), 'x')).rejects.toThrow('ENOENT');
    await expect(writeFileAtomic(folder, 'x')).rejects.toThrow(); // a folder is in the way
    expect(await readdir(path.dirname(folder))).not.toContainEqual(
      expect.stringContaining(`${path.basename(folder)}.`),
    );
  });
});

describe('readIfThere', () => {
  it('an existing file: gives its text; a missing file: gives undefined', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'note'), 'text');
    expect(await readIfThere(path.join(folder, 'note'))).toBe('text');
    expect(await readIfThere(path.join(folder, 'other'))).toBeUndefined();
  });

  it('a folder: throws an error', async () => {
    await expect(readIfThere(await temporaryFolder())).rejects.toThrow('EISDIR');
  });
});
