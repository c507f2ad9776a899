import { runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ops = path.resolve(import.meta.dirname, '..');
const TOKEN = 'canary-token-of-the-owner';
const PROGRAM = ['yt-app', 'sign-in-code'];
/** A docker in which yt-app runs; `exec` writes down its arguments and the token that its environment has. */
const DOCKER = `#!/bin/sh
case "$2" in
  ps) echo yt-app ;;
  exec) printf '%s\\n' "$*" "\${API_TOKEN:-no token}" > "$(dirname "$0")/call" ;;
esac
`;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'in-part-'));
  for (const directory of ['ops', 'bin', 'data/secrets']) await mkdir(path.join(root, directory), { recursive: true });
  for (const script of ['in-part.sh', 'setting.sh'])
    await copyFile(path.join(ops, script), path.join(root, 'ops', script));
  await writeFile(path.join(root, 'bin/docker'), DOCKER, { mode: 0o755 });
  await writeFile(path.join(root, 'data/secrets/api_token'), TOKEN);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function inPart(...args: string[]): Promise<string[]> {
  const { outcome } = await runProgram({
    file: 'sh',
    args: [path.join(root, 'ops/in-part.sh'), ...args],
    env: { PATH: `${root}/bin:/usr/bin:/bin` },
    wallSeconds: 10,
  });
  expect(outcome).toEqual({ kind: 'finished' });
  return (await readFile(path.join(root, 'bin/call'), 'utf8')).trim().split('\n');
}

describe('in-part.sh in Docker', () => {
  test('with --as-owner: passes the token in the environment, never as an argument', async () => {
    expect(await inPart('--as-owner', ...PROGRAM)).toEqual([
      'compose exec -T -e API_TOKEN yt-app node dist/yt-app/sign-in-code/main.js',
      TOKEN,
    ]);
  });

  test('without --as-owner: passes no token', async () => {
    expect(await inPart(...PROGRAM)).toEqual([
      'compose exec -T yt-app node dist/yt-app/sign-in-code/main.js',
      'no token',
    ]);
  });
});
