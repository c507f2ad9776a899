import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cachedFolder } from '../../src/index.ts';

it('a folder requested twice at once: is one folder, with all files of one of the two calls', async () => {
  const parameters = { run: randomUUID() };
  const bothStarted = Promise.withResolvers<undefined>();
  let calls = 0;
  const make = async (folder: string): Promise<void> => {
    calls += 1;
    const content = `call ${calls}`;
    if (calls === 2) bothStarted.resolve(undefined);
    await bothStarted.promise;
    for (const name of ['a', 'b']) await writeFile(path.join(folder, name), content);
  };
  const [first, second] = await Promise.all([1, 2].map(() => cachedFolder('test', parameters, make)));
  onTestFinished(() => rm(first ?? '', { recursive: true }));

  expect(second).toBe(first);
  expect(await cachedFolder('test', parameters, make)).toBe(first);
  expect(calls).toBe(2);
  const texts = await Promise.all(['a', 'b'].map((name) => readFile(path.join(first ?? '', name), 'utf8')));
  expect(texts[1]).toBe(texts[0]);
  const beside = await readdir(path.dirname(first ?? ''));
  expect(beside.filter((name) => name.startsWith(path.basename(first ?? '')))).toEqual([path.basename(first ?? '')]);
});
