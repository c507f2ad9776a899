import { Problem } from '@linkcast/contracts';
import {
  minimalEnvironment,
  OWNER_VARIABLE,
  runProgram,
  startProgram,
  type Confinement,
  type Program,
  type SandboxKind,
} from '@linkcast/kit';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Stream } from 'node:stream';
import { ytDlpArguments, type YtDlpFlags } from './command-line.ts';
import { DOCUMENT_FORMAT_ID } from '../source/download-document.ts';
import { parseSourceInfo, type ResolvedSource } from '../source/source-info.ts';
import { createProgressReader, PROGRESS_TEMPLATE, type DownloadProgress } from './ytdlp-progress.ts';
import { MAX_MEMORY_BYTES, throwUnlessFinished } from './ytdlp-errors.ts';

/** Older versions have known holes (docs/decisions/0004): they are not run. */
export const OLDEST_SAFE_VERSION = '2026.07.04';

const RESOLVE_SECONDS = 90;
/** However patient we are: a day. */
const DOWNLOAD_SECONDS = 24 * 3600;

export interface YtDlpOptions {
  /** Path of yt-dlp, and of the deno that runs the sites' JavaScript. */
  readonly file: string;
  readonly denoFile: string;
  /** Deno's cache with the solver's library, filled at install time: nothing is fetched at run time. */
  readonly denoDir: string;
  /** Marks our programs, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  /** Seconds with hardly a byte before a download counts as stalled. */
  readonly stallSeconds: number;
}

interface RunContext {
  /** A directory of its own: fragments pass through files with fixed names in the working directory. */
  readonly directory: string;
  /** The proxy that judges every address; its URL holds a password. */
  readonly proxyUrl: string;
  readonly signal: AbortSignal;
}

export interface YtDlp {
  version(): Promise<string>;
  /** `yt-dlp -J`: what a source offers. */
  resolve(url: string, context: RunContext): Promise<ResolvedSource>;
  /** Downloads the format of a download document (a file) into a descriptor or a pipe. */
  download(
    what: { documentFile: string; stdout: Stream | 'pipe' },
    context: RunContext & { onProgress: (progress: DownloadProgress) => void },
  ): Program;
}

export function createYtDlp(options: YtDlpOptions): YtDlp {
  const environment = (home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> =>
    minimalEnvironment(home, {
      [OWNER_VARIABLE]: options.owner,
      DENO_DIR: options.denoDir,
      DENO_NO_UPDATE_CHECK: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      ...more,
    });
  /** It reaches the egress proxy over the network, and starts deno. */
  const confine = (writable: readonly string[]): Confinement => ({
    sandbox: options.sandbox,
    readable: toolPaths(options),
    writable,
    network: 'shared',
    mayStartPrograms: true,
  });
  /** Not as an argument: everybody on the machine may read those, and the password is in it. */
  const throughProxy = (home: string, proxyUrl: string): Record<string, string> =>
    environment(home, { http_proxy: proxyUrl, https_proxy: proxyUrl, all_proxy: proxyUrl });

  return {
    async version() {
      const { outcome, stdout } = await runProgram({
        file: options.file,
        args: ytDlpArguments({ ignoreConfig: true, version: true }),
        env: environment('/'),
        wallSeconds: 20,
        confinement: confine([]),
      });
      if (outcome.kind !== 'finished') throw new Problem('downloader-unavailable', {}, { cause: outcome });
      return stdout.trim();
    },

    async resolve(url, { directory, proxyUrl, signal }) {
      const { outcome, stdout } = await runProgram({
        file: options.file,
        args: ytDlpArguments({ ...baseFlags(options), dumpSingleJson: true, playlistItems: '1' }, url),
        env: throughProxy(directory, proxyUrl),
        cwd: directory,
        signal,
        wallSeconds: RESOLVE_SECONDS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
        graceSeconds: 0,
        confinement: confine([directory]),
      });
      throwUnlessFinished(outcome, signal);
      return parseSourceInfo(stdout);
    },

    download({ documentFile, stdout }, { directory, proxyUrl, signal, onProgress }) {
      const program: Program = startProgram({
        file: options.file,
        args: ytDlpArguments({
          ...baseFlags(options),
          loadInfoJson: documentFile,
          format: DOCUMENT_FORMAT_ID,
          output: '-',
          noPart: true,
          noContinue: true,
          retries: 5,
          fragmentRetries: 5,
          abortOnUnavailableFragments: true,
          progress: true,
          newline: true,
          progressDelta: 0.5,
          progressTemplate: PROGRESS_TEMPLATE,
        }),
        env: throughProxy(directory, proxyUrl),
        cwd: directory,
        stdout,
        signal,
        idleSeconds: options.stallSeconds,
        wallSeconds: DOWNLOAD_SECONDS,
        maxMemoryBytes: MAX_MEMORY_BYTES,
        graceSeconds: 0,
        confinement: confine([directory]),
        onStderrLine: createProgressReader(onProgress, () => program.touch()),
      });
      return program;
    },
  };
}

/** The tools' folder (`bin`, yt-dlp, the solver), and what its links lead to. */
function toolPaths({ file, denoFile, denoDir }: YtDlpOptions): string[] {
  const targets = [file, denoFile].map((link) => (existsSync(link) ? realpathSync(link) : link));
  return [...new Set([path.resolve(file, '../../..'), denoDir, ...targets])];
}

/** What every run has in common: no configuration, plugins or cache of the machine. */
function baseFlags(options: YtDlpOptions): YtDlpFlags {
  return {
    ignoreConfig: true,
    noPluginDirs: true,
    noRemoteComponents: true,
    noCacheDir: true,
    noPlaylist: true,
    noUpdate: true,
    noColor: true,
    // yt-dlp would hand addresses to ffmpeg, which obeys neither the proxy nor a list of schemes. It works without one.
    ffmpegLocation: '/nonexistent',
    downloader: 'native',
    quiet: true,
    noWarnings: true,
    socketTimeout: Math.min(20, options.stallSeconds),
    noJsRuntimes: true,
    jsRuntimes: `deno:${options.denoFile}`,
  };
}
