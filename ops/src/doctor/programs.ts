import type { DoctorTexts } from '@linkcast/texts';
import { askProgram, firstVersion, minimalEnvironment, readFfmpeg, runProgram } from '@linkcast/kit';
import os from 'node:os';
import path from 'node:path';
import { bad, note, ok, type Finding } from './finding.ts';

const TIMEOUT_SECONDS = 20;
/** Has the corrections of CVE-2026-42533 (map) and CVE-2026-9256 (rewrite). */
const OLDEST_NGINX = '1.22.1-9+deb12u10';

/** Checks that the programs which the parts start are installed. Where the stack runs in Docker, this machine may lack them. @param search as of {@link askProgram} */
export async function checkPrograms(
  root: string,
  isStackUp: boolean,
  say: DoctorTexts,
  search?: string,
): Promise<Finding[]> {
  const lacking = (name: string): Finding =>
    isStackUp
      ? note(name, say.missing)
      : bad(name, say.missing, `${say.installPackages} ${name === say.checks.icecast ? 'icecast2' : name}`);
  const started = await Promise.all([
    checkFfmpeg({ lacking, search }, say),
    checkDownloader(root, isStackUp, say),
    checkNginx({ lacking, search }, say),
    checkVersion(say.checks.certbot, ['certbot', '--version'], { lacking, search }),
    checkVersion(say.checks.icecast, ['icecast2', '-v'], { lacking, search }),
    checkVersion(say.checks.gpgv, ['gpgv', '--version'], { lacking, search }),
    checkVersion(say.checks.ezstream, ['ezstream', '-V'], { lacking, search }),
  ]);
  return [checkNode(say), ...started];
}

function checkNode(say: DoctorTexts): Finding {
  const { version } = process;
  return version.startsWith('v24.')
    ? ok(say.checks.node, version)
    : bad(say.checks.node, say.tooOld(version, 'v24'), say.installNode);
}

interface Search {
  /** The finding for a program that is not there. */
  readonly lacking: (name: string) => Finding;
  readonly search: string | undefined;
}

async function checkFfmpeg({ lacking, search }: Search, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.ffmpeg;
  const ffmpeg = await readFfmpeg(search);
  if (ffmpeg === undefined) return lacking(subject);
  const { version, missingEncoders } = ffmpeg;
  if (missingEncoders.length > 0) return bad(subject, say.noEncoder(missingEncoders.join(', ')), say.installFfmpeg);
  return ok(subject, version);
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
  { lacking, search }: Search,
): Promise<Finding> {
  const version = await askProgram(command, search);
  return version === undefined ? lacking(subject) : ok(subject, firstVersion(version));
}

/** Debian 12 corrects its nginx without changing the version that nginx itself knows. */
async function checkNginx(options: Search, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.nginx;
  const finding = await checkVersion(subject, ['nginx', '-v'], options);
  const version = (await askProgram(['dpkg-query', '-W', '-f', '${Version}', 'nginx'], options.search))?.trim();
  if (finding.state !== 'ok' || !version) return finding;
  const isPatched =
    (await askProgram(['dpkg', '--compare-versions', version, 'ge', OLDEST_NGINX], options.search)) !== undefined;
  return isPatched ? finding : bad(subject, say.unpatched(version), say.upgradeNginx);
}
