import { runProgram } from '@linkcast/kit';
import { execFileSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ops = path.resolve(import.meta.dirname, '..');
const ITEM = 'abcdefghijklmnopqr23';
const MEDIA_FILE = `data/media/${ITEM}/v1080.mp4`;
/** Paths that no other user of the machine may read. */
const CLOSED = [
  'data',
  'data/media',
  MEDIA_FILE,
  'data/secrets',
  'data/secrets/api_token',
  'data/yt-app',
  'data/yt-app/yt-app.sqlite',
  'data/certificate',
  'data/nginx',
];
const isRoot = process.getuid?.() === 0;
const OTHER_USER = 4711;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'permissions-'));
  await chmod(root, 0o755); // as a home directory that others may enter
  await mkdir(path.join(root, 'ops'));
  for (const script of ['prepare.sh', 'setting.sh', 'texts.sh'])
    await copyFile(path.join(ops, script), path.join(root, 'ops', script));
});
afterEach(() => rm(root, { recursive: true, force: true }));

interface Call {
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** Default: the user of the tests. */
  readonly user?: number;
}

async function prepare({ env = {}, args = [], user }: Call = {}): Promise<string> {
  const lines: string[] = [];
  const command = [path.join(root, 'ops/prepare.sh'), ...args];
  const [file, ...rest] = user === undefined ? ['sh', ...command] : [...asUser(user), 'sh', ...command];
  const { outcome } = await runProgram({
    file,
    args: rest,
    env: { PATH: '/usr/bin:/bin', ...env },
    wallSeconds: 10,
    onStderrLine: (line) => {
      lines.push(line);
      return true;
    },
  });
  expect(outcome).toEqual({ kind: 'finished' });
  return lines.join('\n');
}

function asUser(user: number | string): [string, ...string[]] {
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
}

const modeOf = async (name: string): Promise<number> => (await stat(path.join(root, name))).mode & 0o7777;

/** Reports whether a user can list the directory, or read the file. */
function canRead(user: number | string, name: string): boolean {
  const [file, ...args] = [...asUser(user), 'sh', '-c', 'if [ -d "$1" ]; then ls "$1"; else cat "$1"; fi', 'sh'];
  try {
    execFileSync(file, [...args, path.join(root, name)], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // permission denied
  }
}

/** A library as an earlier version left it: open to everybody. */
async function makeOldInstallation(): Promise<void> {
  for (const name of [
    'data/secrets',
    `data/media/${ITEM}`,
    'data/media/.work/job.1',
    'data/yt-app',
    'data/certificate',
  ])
    await mkdir(path.join(root, name), { recursive: true, mode: 0o755 });
  for (const name of [MEDIA_FILE, 'data/secrets/api_token', 'data/yt-app/yt-app.sqlite', '.env'])
    await writeFile(path.join(root, name), 'TELEGRAM_TOKEN=123:secret-secret-secret-secret', { mode: 0o644 });
  execFileSync('chmod', ['-R', 'go+rX', path.join(root, 'data')]);
}

describe('the permissions of data', () => {
  test('for a user, with an open library from before: nobody else may enter', async () => {
    await makeOldInstallation();
    if (isRoot) execFileSync('chown', ['-R', `${OTHER_USER}:${OTHER_USER}`, root]);
    await prepare(isRoot ? { user: OTHER_USER } : {});
    for (const name of ['data', 'data/media', 'data/secrets', 'data/yt-app', 'data/certificate', 'data/nginx'])
      expect([name, await modeOf(name)]).toEqual([name, 0o700]);
    expect((await modeOf(MEDIA_FILE)) & 0o007).toBe(0);
    expect((await modeOf(`data/media/${ITEM}`)) & 0o007).toBe(0);
  });

  test('in a MEDIA_DIR with other folders: close the items and leave the others unchanged', async () => {
    const media = path.join(root, 'disk');
    await mkdir(path.join(media, ITEM), { recursive: true });
    await mkdir(path.join(media, 'photos'));
    await writeFile(path.join(media, ITEM, 'v1080.mp4'), '');
    for (const name of ['', ITEM, 'photos', `${ITEM}/v1080.mp4`]) await chmod(path.join(media, name), 0o755);
    const said = await prepare({ env: { MEDIA_DIR: media } });
    expect(said).toContain('MEDIA_DIR holds other things too (photos)');
    expect(await modeOf('disk')).toBe(0o755);
    expect(await modeOf('disk/photos')).toBe(0o755);
    for (const name of [ITEM, `${ITEM}/v1080.mp4`]) expect((await modeOf(`disk/${name}`)) & 0o007).toBe(0);
  });
});

describe('the permissions of .env', () => {
  test.each([
    ['TELEGRAM_TOKEN=123:secret\n', 0o600],
    ['# a comment\nexport API_TOKEN="a"\n', 0o600],
    ['#TELEGRAM_TOKEN=\nHTTP_PORT=81\n', 0o644],
    ['TELEGRAM_TOKEN=\n', 0o644],
  ])('with the content %j: are %o in octal', async (text, mode) => {
    await writeFile(path.join(root, '.env'), text.replace('"a"', `"${'a'.repeat(24)}"`), { mode: 0o644 });
    await chmod(path.join(root, '.env'), 0o644);
    await prepare();
    expect(await modeOf('.env')).toBe(mode);
  });

  test('in a copy owned by another user: are left unchanged', { skip: !isRoot }, async () => {
    await chown(root, OTHER_USER, OTHER_USER);
    await writeFile(path.join(root, '.env'), 'TELEGRAM_TOKEN=123:secret\n');
    await chmod(path.join(root, '.env'), 0o644);
    await prepare({ user: OTHER_USER });
    expect(await modeOf('.env')).toBe(0o644);
  });
});

describe.runIf(isRoot)('the permissions of data, as root', () => {
  const WEBROOT = 'data/certificate/webroot/.well-known/acme-challenge';

  test.each([
    ['in a new installation', () => Promise.resolve()],
    ['in an installation that was open before', makeOldInstallation],
  ])('%s: the workers of nginx read media and challenges; other users read nothing', async (_, before) => {
    await before();
    await prepare();
    process.umask(0o027); // as yt-app does
    await mkdir(path.join(root, `data/media/${ITEM}`), { recursive: true });
    await writeFile(path.join(root, MEDIA_FILE), 'video');
    process.umask(0o022); // as certbot does
    await writeFile(path.join(root, WEBROOT, 'token'), 'answer');
    await writeFile(path.join(root, 'data/yt-app/yt-app.sqlite'), 'database');

    for (const name of [...CLOSED, `${WEBROOT}/token`])
      expect([name, canRead(OTHER_USER, name)]).toEqual([name, false]);
    const forWorkers = ['data/media', `data/media/${ITEM}`, MEDIA_FILE, WEBROOT, `${WEBROOT}/token`];
    for (const name of forWorkers) expect([name, canRead('www-data', name)]).toEqual([name, true]);
    const notForWorkers = CLOSED.filter((name) => !forWorkers.includes(name));
    for (const name of notForWorkers) expect([name, canRead('www-data', name)]).toEqual([name, false]);
  });

  test('for files of jobs: exclude the workers of nginx; items moved from there: are readable', async () => {
    await makeOldInstallation();
    await prepare();
    expect(canRead('www-data', 'data/media/.work')).toBe(false);
    process.umask(0o027);
    await writeFile(path.join(root, 'data/media/.work/made'), 'video');
    await rm(path.join(root, MEDIA_FILE));
    execFileSync('mv', [path.join(root, 'data/media/.work/made'), path.join(root, MEDIA_FILE)]);
    process.umask(0o022);
    expect(canRead('www-data', MEDIA_FILE)).toBe(true);
  });

  test('for containers after `make local`: allow only the user of the containers', async () => {
    await prepare();
    await prepare({ args: [`${OTHER_USER}:${OTHER_USER}`] });
    for (const name of ['data', 'data/media', 'data/nginx', 'data/certificate', WEBROOT])
      expect([name, await modeOf(name)]).toEqual([name, 0o700]);
    for (const name of ['data', 'data/media', WEBROOT, 'data/secrets/nginx_key'])
      expect([name, (await stat(path.join(root, name))).uid, (await stat(path.join(root, name))).gid]).toEqual([
        name,
        OTHER_USER,
        OTHER_USER,
      ]);
    expect(canRead(OTHER_USER, 'data/media')).toBe(true);
    expect(canRead('www-data', 'data/media')).toBe(false);
  });
});

describe('up.sh', () => {
  test('on a start without .env: makes one that only its owner may read', { skip: !isRoot }, async () => {
    for (const script of ['up.sh', 'container-user.sh'])
      await copyFile(path.join(ops, script), path.join(root, 'ops', script));
    await mkdir(path.join(root, 'bin'));
    const asked = 'case "$*" in "compose version") exit 0 ;; *) exit 1 ;; esac';
    await writeFile(path.join(root, 'bin/docker'), `#!/bin/sh\n${asked}\n`, { mode: 0o755 });
    await chown(root, OTHER_USER, OTHER_USER);
    const [file, ...args] = [...asUser(OTHER_USER), 'sh', path.join(root, 'ops/up.sh')];
    await runProgram({ file, args, env: { PATH: `${root}/bin:/usr/bin:/bin` }, wallSeconds: 10 });
    expect(await modeOf('.env')).toBe(0o600);
  });
});
