import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogger } from '../../src/log/logger.ts';
import { nameSources } from '../../src/log/source-names.ts';

/** Line 1, column 1 of the bundle is line 3, column 5 of `bot/src/bot.ts`. */
const MAP = { version: 3, sources: ['../../bot/src/bot.ts'], names: [], mappings: 'AAEI' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'source-names-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stackAt = (file: string): string => `Error: no\n    at start (file://${file}:1:1)\n    at node:internal/x:5:6`;

it('nameSources with a map: names the line in the sources, and leaves lines of Node unchanged', async () => {
  await writeFile(path.join(folder, 'main.js.map'), JSON.stringify(MAP));
  expect(nameSources(stackAt(path.join(folder, 'main.js')))).toBe(
    'Error: no\n    at start (bot/src/bot.ts:3:5)\n    at node:internal/x:5:6',
  );
});

it.each([
  ['without a map', undefined],
  ['with a damaged map', '{"version":'],
])('nameSources %s: leaves the stack unchanged', async (_, text) => {
  if (text !== undefined) await writeFile(path.join(folder, 'main.js.map'), text);
  const stack = stackAt(path.join(folder, 'main.js'));
  expect(nameSources(stack)).toBe(stack);
});

it('the logger: names sources in the stacks of errors, but not of warnings', async () => {
  await writeFile(path.join(folder, 'main.js.map'), JSON.stringify(MAP));
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => lines.push(line) } });
  const error = (): Error => Object.assign(new Error('no'), { stack: stackAt(path.join(folder, 'main.js')) });
  logger.warn({ err: error() }, 'trying again');
  logger.error({ err: error() }, 'bug: request failed');
  expect(lines.map((line) => line.includes('bot/src/bot.ts:3:5'))).toEqual([false, true]);
});
