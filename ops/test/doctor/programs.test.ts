import { textsOf } from '@linkcast/texts';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/finding.ts';
import { checkPrograms } from '../../src/doctor/programs.ts';

const say = textsOf('en').ops.doctor;
const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const ENCODERS =
  ' V....D libx264              H.264\n A....D aac                  AAC\n A....D libmp3lame           MP3\n';
let root: string;
let bin: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'doctor-programs-'));
  bin = path.join(root, 'bin');
  await mkdir(bin);
  for (const folder of ['yt-app', 'ops', 'node_modules'])
    await symlink(path.join(REPOSITORY, folder), path.join(root, folder));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Puts a program before the real ones of the path. */
async function fake(name: string, script: string): Promise<void> {
  const file = path.join(bin, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}
const fakeFfmpeg = (encoders: string) =>
  fake(
    'ffmpeg',
    `case "$*" in *-encoders*) printf '${encoders.replaceAll('\n', '\\n')}' ;; *) echo 'ffmpeg version 7.1' ;; esac`,
  );

/** @param search the path of the programs: before the real ones, or instead of them */
async function find(
  subject: string,
  search = `${bin}:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin`,
): Promise<Finding | undefined> {
  const findings = await checkPrograms(root, false, say, search);
  return findings.find((finding) => finding.subject === subject);
}

describe('ffmpeg', () => {
  test('with its encoders: is fine; without some: they are named, and what to do', async () => {
    await fakeFfmpeg(ENCODERS);
    expect(await find('ffmpeg')).toEqual({ subject: 'ffmpeg', state: 'ok', detail: '7.1' });
    await fakeFfmpeg(ENCODERS.replace('libx264', 'h264_v4l2m2m').replace('libmp3lame', 'mp3_mf'));
    expect(await find('ffmpeg')).toEqual({
      ...{ subject: 'ffmpeg', state: 'bad', detail: 'lacks libx264, libmp3lame', advice: say.installFfmpeg },
    });
  });
});

test.each(['ffmpeg', 'nginx', 'certbot', 'icecast2', 'ezstream', 'gpgv'])(
  '%s, which is missing: is a fault with what to do',
  async (name) => {
    expect(await find(name, bin)).toEqual({
      ...{ subject: name, state: 'bad', detail: 'missing', advice: `${say.installPackages} ${name}` },
    });
  },
);

test('nginx without the fixes of known vulnerabilities: is a fault with what to do', async () => {
  await fake('nginx', "echo 'nginx version: nginx/1.22.1' >&2");
  await fake('dpkg-query', 'echo 1.22.1-9+deb12u1');
  expect(await find('nginx')).toMatchObject({
    state: 'bad',
    detail: say.unpatched('1.22.1-9+deb12u1'),
    advice: say.upgradeNginx,
  });
});

describe('the downloader', () => {
  test('that is missing: is a fault with what to do', async () => {
    expect(await find('downloader')).toMatchObject({ state: 'bad', advice: say.installDownloader });
  });

  test('without its JavaScript runtime: is a fault with what to do', async () => {
    const tools = path.join(REPOSITORY, '.tools');
    await mkdir(path.join(root, '.tools/bin'), { recursive: true });
    await cp(path.join(tools, 'bin/yt-dlp'), path.join(root, '.tools/bin/yt-dlp'));
    for (const name of ['yt-dlp', 'deno']) await symlink(path.join(tools, name), path.join(root, '.tools', name));
    expect(await find('downloader')).toMatchObject({
      ...{ state: 'bad', detail: 'the solver is not complete', advice: say.installDownloader },
    });
    await symlink(path.join(tools, 'bin/deno'), path.join(root, '.tools/bin/deno'));
    expect(await find('downloader')).toMatchObject({ state: 'ok', detail: expect.stringContaining('deno') as string });
  });
});

test('another Node: is a fault with what to do', async () => {
  const { version } = process;
  Object.defineProperty(process, 'version', { value: 'v22.1.0', configurable: true });
  try {
    expect(await find('Node', bin)).toMatchObject({ state: 'bad', advice: say.installNode });
  } finally {
    Object.defineProperty(process, 'version', { value: version, configurable: true });
  }
});
