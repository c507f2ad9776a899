import { minimalEnvironment, OWNER_VARIABLE, type Confinement, type SandboxKind } from '@linkcast/kit';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** yt-dlp reads web pages and manifests into memory, and a page may be endless, or unpack to a thousand times its size. */
export const MAX_MEMORY_BYTES = 1e9;

/** The installed yt-dlp and its tools. */
export interface DownloaderFiles {
  /** Path of yt-dlp. */
  readonly file: string;
  /** Path of deno, which runs the JavaScript of sites. */
  readonly denoFile: string;
  /** Deno's cache with the library of the solver, filled at install time: nothing is fetched at run time. */
  readonly denoDir: string;
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
  { owner, denoDir, proxyUrl }: { owner: string; denoDir: string; proxyUrl?: string },
): Record<string, string> {
  const proxy = proxyUrl === undefined ? {} : { http_proxy: proxyUrl, https_proxy: proxyUrl, all_proxy: proxyUrl };
  return minimalEnvironment(home, {
    [OWNER_VARIABLE]: owner,
    DENO_DIR: denoDir,
    DENO_NO_UPDATE_CHECK: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    ...proxy,
  });
}

/** The folder of the tools (`bin`, yt-dlp, the solver), and the targets of its links. */
function toolPaths({ file, denoFile, denoDir }: DownloaderFiles): string[] {
  const targets = [file, denoFile].map((link) => (existsSync(link) ? realpathSync(link) : link));
  return [...new Set([path.resolve(file, '../..'), denoDir, ...targets])];
}
