import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIfThere, writeFileAtomic } from '../../src/files/atomic-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe('writeFileAtomic', () => {
  it.each([true, false])(
    'a new file (durable: %s), has its content and mode and leaves nothing else',
    async (durable) => {
      const folder = await temporaryFolder();
      await writeFileAtomic(path.join(folder, 'token'), 'secret', { mode: 0o600, durable });
      expect(await readdir(folder)).toEqual(['token']);
      expect(await readFile(path.join(folder, 'token'), 'utf8')).toBe('secret');
      expect((await stat(path.join(folder, 'token'))).mode & 0o777).toBe(0o600);
    },
  );

  it('a file written again and again, is never seen in part', async () => {
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

  it('a write that fails, keeps the old file and leaves no temporary one', async () => {
    const folder = await temporaryFolder();
    await expect(writeFileAtomic(path.join(folder, 'target/file'), 'x')).rejects.toThrow('ENOENT');
    await expect(writeFileAtomic(folder, 'x')).rejects.toThrow(); // a folder is in the way
    expect(await readdir(path.dirname(folder))).not.toContainEqual(
      expect.stringContaining(`${path.basename(folder)}.`),
    );
  });
});

describe('readIfThere', () => {
  it('a file that is there, gives its text; one that is not, nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'note'), 'text');
    expect(await readIfThere(path.join(folder, 'note'))).toBe('text');
    expect(await readIfThere(path.join(folder, 'other'))).toBeUndefined();
  });

  it('something that cannot be read as a file, is an error', async () => {
    await expect(readIfThere(await temporaryFolder())).rejects.toThrow('EISDIR');
  });
});
