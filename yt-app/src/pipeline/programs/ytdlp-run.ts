import type { SandboxKind } from '@linkcast/kit';
import type { SpareProcesses } from './spare-processes.ts';
import type { WayOptions } from './way-flags.ts';
import {
  confineYtDlp,
  MAX_MEMORY_BYTES,
  MAX_STDERR_BYTES,
  ytDlpEnvironment,
  type DownloaderFiles,
} from './ytdlp-confinement.ts';

export interface YtDlpOptions extends DownloaderFiles {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  /** Seconds with hardly any data before a download counts as stalled. */
  readonly stallSeconds: number;
  /** Default: each run starts a process of its own. */
  readonly spares?: SpareProcesses | undefined;
}

/** A run that reaches a source. */
export interface RunOptions {
  /** Used by this run alone: fragments pass through files with fixed names in the working directory. */
  readonly directory: string;
  /** The egress proxy, which checks every address. Contains a password. */
  readonly proxyUrl: string;
  /** Default: none. */
  readonly way?: WayOptions;
  readonly signal: AbortSignal;
}

/** The options of every program that reaches a source. */
export function limitedProgram(options: YtDlpOptions, { directory, proxyUrl, signal }: RunOptions) {
  return {
    env: ytDlpEnvironment(directory, { ...options, proxyUrl }),
    cwd: directory,
    signal,
    graceSeconds: 0,
    maxMemoryBytes: MAX_MEMORY_BYTES,
    maxStderrBytes: MAX_STDERR_BYTES,
    confinement: confineYtDlp(options.sandbox, options, [directory]),
  };
}
