import { runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ops = path.resolve(import.meta.dirname, '..');
const SCRIPTS = ['backup.sh', 'restore.sh', 'prepare.sh', 'setting.sh', 'texts.sh', 'container-user.sh'];
const PASSPHRASE = 'correct horse battery';
/**
 * A docker that has the image, in which yt-app and nginx run. It writes down each call, with what it reads from standard input, and
 * proves a backup like the real program: it prints its settings, or refuses it.
 */
const DOCKER = `#!/bin/sh
calls=$(dirname "$0")/calls
case "$*" in *--print-settings*) : ;; *restore-backup*) : ;; *) printf '%s\\n' "$*" >> "$calls" ;; esac
case "$*" in
  'compose ps'*) printf 'yt-app\\nnginx\\n' ;;
  *--print-settings*)
    printf '%s < %s\\n' "$*" "$(cat)" >> "$calls"
    [ ! -e "$(dirname "$0")/refuse" ] || { echo 'This backup is damaged' >&2; exit 1; }
    echo HTTP_PORT=8181
    ;;
  *restore-backup*)
    printf '%s < %s\\n' "$*" "$(cat)" >> "$calls"
    [ ! -e "$(dirname "$0")/fail" ] || exit 1
    ;;
esac
`;
let root: string;
let from: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'backup-scripts-'));
  from = path.join(root, 'backups/2026-11-29T03-00-00Z');
  for (const directory of ['ops', 'bin', 'backups/2026-11-29T03-00-00Z'])
    await mkdir(path.join(root, directory), { recursive: true });
  for (const script of SCRIPTS) await copyFile(path.join(ops, script), path.join(root, 'ops', script));
  await writeFile(path.join(root, 'bin/docker'), DOCKER, { mode: 0o755 });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function run(script: string, env: Record<string, string>): Promise<{ exitCode: number | null; calls: string[] }> {
  const { outcome } = await runProgram({
    file: 'sh',
    args: [path.join(root, 'ops', script)],
    env: { PATH: `${root}/bin:/usr/bin:/bin`, ...env },
    wallSeconds: 20,
  });
  const calls = await readFile(path.join(root, 'bin/calls'), 'utf8').catch(() => '');
  return {
    exitCode: outcome.kind === 'failed' ? outcome.exitCode : 0,
    calls: calls
      .trim()
      .split('\n')
      .filter((call) => !call.startsWith('image inspect')),
  };
}
const dotEnv = (): Promise<string> => readFile(path.join(root, '.env'), 'utf8');

describe('restore.sh in Docker', () => {
  test('an empty clone: proves the backup without a network, brings its .env, stops what runs, and restores', async () => {
    const { exitCode, calls } = await run('restore.sh', { FROM: from, BACKUP_PASSPHRASE: PASSPHRASE });
    expect(exitCode).toBe(0);
    expect(calls[0]).toMatch(
      /^run --rm -i --network none --read-only .*--from \/restore --print-settings < correct horse battery$/,
    );
    expect(calls[2]).toBe('compose stop yt-app nginx');
    expect(calls[3]).toMatch(
      new RegExp(
        `^compose run .*--volume ${from}:/restore:ro --volume ${root}/data/media:/library backup .* < correct horse battery$`,
      ),
    );
    expect(calls).toHaveLength(4);
    expect(await dotEnv()).toBe('HTTP_PORT=8181\n');
    expect(calls.join('\n').split('<')[0]).not.toContain(PASSPHRASE);
  });

  test('a .env that is there: stays', async () => {
    await writeFile(path.join(root, '.env'), 'HTTP_PORT=9191\n');
    expect((await run('restore.sh', { FROM: from })).exitCode).toBe(0);
    expect(await dotEnv()).toBe('HTTP_PORT=9191\n');
  });

  test('a backup that is refused: nothing is stopped, and nothing is made', async () => {
    await writeFile(path.join(root, 'bin/refuse'), '');
    const { exitCode, calls } = await run('restore.sh', { FROM: from });
    expect(exitCode).toBe(1);
    expect(calls).toHaveLength(1);
    await expect(dotEnv()).rejects.toThrow('ENOENT');
    await expect(readFile(path.join(root, 'data/secrets/api_token'))).rejects.toThrow('ENOENT');
  });

  test('a restore that fails: what ran is started again, and the .env is not left behind', async () => {
    await writeFile(path.join(root, 'bin/fail'), '');
    const { exitCode, calls } = await run('restore.sh', { FROM: from });
    expect(exitCode).toBe(1);
    expect(calls.at(-1)).toBe('compose start yt-app nginx');
    await expect(dotEnv()).rejects.toThrow('ENOENT');
  });

  test('no folder: says what is needed', async () => {
    expect(await run('restore.sh', { FROM: path.join(root, 'none') })).toMatchObject({ exitCode: 64, calls: [] });
  });

  test('without secrets: passes it on', async () => {
    const { calls } = await run('restore.sh', { FROM: from, WITHOUT_SECRETS: '1' });
    expect(calls.filter((call) => call.includes('--without-secrets'))).toHaveLength(2);
  });
});

describe('backup.sh in Docker', () => {
  test('an installation that was started without Docker last: is backed up without Docker, whatever images there are', async () => {
    await mkdir(path.join(root, 'data/secrets'), { recursive: true });
    await writeFile(path.join(root, 'data/secrets/settings.env'), '');
    await writeFile(path.join(root, 'data/runs-without-docker'), '');
    await writeFile(
      path.join(root, 'ops/in-part.sh'),
      '#!/bin/sh\necho "in part: $*" >> "$(dirname "$0")/../bin/calls"\n',
      {
        mode: 0o755,
      },
    );
    const { exitCode, calls } = await run('backup.sh', { TO: from });
    expect(exitCode).toBe(0);
    expect(calls).toEqual(['in part: backup make-backup']);
  });

  test('before the first start: says so', async () => {
    expect((await run('backup.sh', { TO: from })).exitCode).toBe(1);
  });

  test('without a directory: asks for one', async () => {
    expect((await run('backup.sh', {})).exitCode).toBe(64);
  });

  test('TO: is where the backup part writes, and is made', async () => {
    await mkdir(path.join(root, 'data/secrets'), { recursive: true });
    await writeFile(path.join(root, 'data/secrets/settings.env'), '');
    const to = path.join(root, 'usb');
    const { exitCode, calls } = await run('backup.sh', { TO: to });
    expect(exitCode).toBe(0);
    expect(calls).toEqual(['compose run --rm --no-deps -T backup node dist/yt-app/make-backup/main.js']);
  });
});
