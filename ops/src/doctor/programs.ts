import type { DoctorTexts } from '@linkcast/texts';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import os from 'node:os';
import path from 'node:path';
import { bad, note, ok, type Finding } from './finding.ts';

const ENCODERS = ['libx264', 'aac', 'libmp3lame'];
const TIMEOUT_SECONDS = 20;
/** Has the corrections of CVE-2026-42533 (map) and CVE-2026-9256 (rewrite). */
const OLDEST_NGINX = '1.22.1-9+deb12u10';

/** Checks that the programs which the parts start are installed. Where the stack runs in Docker, this machine may lack them. */
export async function checkPrograms(root: string, isStackUp: boolean, say: DoctorTexts): Promise<Finding[]> {
  const lacking = (name: string): Finding =>
    isStackUp
      ? note(name, say.missing)
      : bad(name, say.missing, `${say.installPackages} ${name === say.checks.icecast ? 'icecast2' : name}`);
  const started = await Promise.all([
    checkFfmpeg(lacking, say),
    checkDownloader(root, isStackUp, say),
    checkNginx(lacking, say),
    checkVersion(say.checks.certbot, ['certbot', '--version'], lacking),
    checkVersion(say.checks.icecast, ['icecast2', '-v'], lacking),
    checkVersion(say.checks.ezstream, ['ezstream', '-V'], lacking),
  ]);
  return [checkNode(say), ...started];
}

function checkNode(say: DoctorTexts): Finding {
  const { version } = process;
  return version.startsWith('v24.')
    ? ok(say.checks.node, version)
    : bad(say.checks.node, say.tooOld(version, 'v24'), say.installNode);
}

async function checkFfmpeg(lacking: (name: string) => Finding, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.ffmpeg;
  const version = await ask(['ffmpeg', '-version']);
  if (version === undefined) return lacking(subject);
  const listed = (await ask(['ffmpeg', '-hide_banner', '-encoders'])) ?? '';
  const absent = ENCODERS.filter((name) => !new RegExp(`^ [VA]\\S{5} ${name} `, 'm').test(listed));
  if (absent.length > 0) return bad(subject, say.noEncoder(absent.join(', ')), say.installFfmpeg);
  return ok(subject, firstVersion(version));
}

async function checkDownloader(root: string, isStackUp: boolean, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.downloader;
  const said: string[] = [];
  const { outcome } = await runProgram({
    file: path.join(root, 'yt-app/install-downloader.sh'),
    args: ['--check', path.join(root, '.tools')],
    env: minimalEnvironment(os.tmpdir()),
    wallSeconds: TIMEOUT_SECONDS,
    onStderrLine: (line) => {
      said.push(line.replace(/^downloader: /, ''));
      return false;
    },
  });
  const detail = said.at(-1) ?? '';
  if (outcome.kind === 'finished') return ok(subject, detail);
  return isStackUp ? note(subject, detail) : bad(subject, detail, say.installDownloader);
}

async function checkVersion(
  subject: string,
  command: readonly [string, ...string[]],
  lacking: (name: string) => Finding,
): Promise<Finding> {
  const version = await ask(command);
  return version === undefined ? lacking(subject) : ok(subject, firstVersion(version));
}

/** Debian 12 corrects its nginx without changing the version that nginx itself knows. */
async function checkNginx(lacking: (name: string) => Finding, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.nginx;
  const finding = await checkVersion(subject, ['nginx', '-v'], lacking);
  const version = (await ask(['dpkg-query', '-W', '-f', '${Version}', 'nginx']))?.trim();
  if (finding.state !== 'ok' || !version) return finding;
  const isPatched = (await ask(['dpkg', '--compare-versions', version, 'ge', OLDEST_NGINX])) !== undefined;
  return isPatched ? finding : bad(subject, say.unpatched(version), say.upgradeNginx);
}

/** The output of a program on both streams; undefined when it cannot be run. */
async function ask([file, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  const said: string[] = [];
  const { outcome, stdout } = await runProgram({
    file,
    args,
    env: minimalEnvironment(os.tmpdir()),
    wallSeconds: TIMEOUT_SECONDS,
    onStderrLine: (line) => {
      said.push(line);
      return false;
    },
  });
  return outcome.kind === 'finished' ? `${stdout}\n${said.join('\n')}` : undefined;
}

function firstVersion(text: string): string {
  return /\d+(\.\d+)+/.exec(text)?.[0] ?? '';
}
