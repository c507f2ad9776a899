import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NODE_FLAGS, nodeFlagsOf } from '../../src/programs/node-settings.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

test.each([
  ['yt-app/src/main.ts', false],
  ['dist/yt-app/main.js', false],
  ['/opt/linkcast/dist/yt-app/main.js', false],
  ['dist/yt-app/worker/main.js', true],
  ['bot/src/main.ts', true],
])('%s: is small rather than fast: %s', (main, isSmall) => {
  expect(nodeFlagsOf(main) === NODE_FLAGS).toBe(isSmall);
});

test.each([
  ['yt-app', 'dist/yt-app/main.js'],
  ['bot', 'dist/bot/main.js'],
  ['nginx', 'dist/nginx/main.js'],
])('the image of %s: starts with the same flags', async (part, main) => {
  const dockerfile = await readFile(path.join(ROOT, part, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain(`CMD ${JSON.stringify(['node', ...nodeFlagsOf(main), main]).replaceAll(',', ', ')}`);
});
