import { minimalEnvironment, OWNER_VARIABLE, type Confinement, type SandboxKind } from '@linkcast/kit';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** yt-dlp reads web pages and manifests into memory, and a page may be endless, or unpack to a thousand times its size. */
export const MAX_MEMORY_BYTES = 1e9;
/** Warnings and errors of an extractor are some kilobytes. */
export const MAX_STDERR_BYTES = 4e6;

/** The installed yt-dlp and its tools. */
export interface DownloaderFiles {
  /** Path of yt-dlp. */
  readonly file: string;
  /** Path of deno, which runs the JavaScript of sites. */
  readonly denoFile: string;
  /** Deno's cache with the library of the solver, filled at install time: nothing is fetched at run time. */
  readonly denoDir: string;
  /** Folder of a fetched release of yt-dlp, which is run in place of `file`; its modules are in `lib`. */
  readonly release?: string | undefined;
}

/** The command line of yt-dlp. A fetched release needs nothing executable: the machine's Python runs its modules. */
export function ytDlpCommand({ file, release }: DownloaderFiles, args: readonly string[]) {
  // -P and -s: no module of the working directory or of a home is taken for one of yt-dlp's
  return release === undefined ? { file, args } : { file: 'python3', args: ['-s', '-P', '-m', 'yt_dlp', ...args] };
}

/**
 * The command line of Python with the modules of this yt-dlp.
 *
 * @param code runs in place of yt-dlp's own command. Needs {@link pythonEnvironment}.
 */
export function pythonCommand(code: string) {
  return { file: 'python3', args: ['-s', '-P', '-c', code] };
}

/** yt-dlp reaches the egress proxy over the network, starts deno, and writes only the given directories. */
export function confineYtDlp(sandbox: SandboxKind, files: DownloaderFiles, writable: readonly string[]): Confinement {
  return { sandbox, readable: toolPaths(files), writable, network: 'shared', mayStartPrograms: true };
}

/**
 * The environment of yt-dlp.
 *
 * @param proxyUrl contains a password. It is passed here because every user of the machine can read arguments.
 */
export function ytDlpEnvironment(
  home: string,
  { owner, proxyUrl, ...files }: DownloaderFiles & { owner: string; proxyUrl?: string },
): Record<string, string> {
  return minimalEnvironment(home, {
    [OWNER_VARIABLE]: owner,
    DENO_DIR: files.denoDir,
    DENO_NO_UPDATE_CHECK: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ...(proxyUrl === undefined ? {} : proxyEnvironment(proxyUrl)),
    ...(files.release === undefined ? {} : pythonEnvironment(files)),
  });
}

/** Makes yt-dlp reach everything by a proxy. */
export function proxyEnvironment(proxyUrl: string): Record<string, string> {
  return { http_proxy: proxyUrl, https_proxy: proxyUrl, all_proxy: proxyUrl };
}

/** Makes Python find yt-dlp: the modules of a release, and those that come with the installed yt-dlp, because releases lack pycryptodome. */
export function pythonEnvironment({ file, release }: Pick<DownloaderFiles, 'file' | 'release'>) {
  const installed = path.resolve(file, '../../yt-dlp/usr/lib/python3/dist-packages');
  return { PYTHONPATH: release === undefined ? installed : `${path.join(release, 'lib')}:${installed}` };
}

/** The folder of the tools (`bin`, yt-dlp, the solver), and the targets of its links. */
function toolPaths({ file, denoFile, denoDir, release }: DownloaderFiles): string[] {
  const targets = [file, denoFile].map((link) => (existsSync(link) ? realpathSync(link) : link));
  return [...new Set([path.resolve(file, '../..'), denoDir, ...targets, ...(release === undefined ? [] : [release])])];
}
