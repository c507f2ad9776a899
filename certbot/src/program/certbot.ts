import {
  isDiskFull,
  minimalEnvironment,
  OWNER_VARIABLE,
  runProgram,
  writeFileAtomic,
  type Outcome,
} from '@linkcast/kit';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { certbotArguments, type CertificateOrder, type RunKind } from './certbot-arguments.ts';
import { readFailure } from './certbot-log.ts';
import type { Failure } from './failure.ts';

export interface CertbotOptions {
  /** The program: a path, or a name that is found in PATH. */
  readonly file: string;
  /** All state of certbot is below it; created with mode 0700. It marks certbot's processes, see `killLeftovers`. */
  readonly stateDirectory: string;
  /** nginx serves the answers to HTTP-01 challenges from it. */
  readonly webroot: string;
  /** PEM file of the CA of a private ACME server's own certificate; null: the system's. */
  readonly caFile: string | null;
  readonly ddnsUrl: string;
  /** certbot's own key, accepted by the DDNS updater. */
  readonly serviceKey: string;
}

/** The end of a run. `stopped`: by the signal. */
export type RunResult =
  { readonly kind: 'finished' } | { readonly kind: 'stopped' } | ({ readonly kind: 'failed' } & Failure);

/** The certbot program; one run at a time. */
export interface Certbot {
  readonly configDirectory: string;
  /** Reads the major version; null: the program does not run. */
  readMajorVersion(): Promise<number | null>;
  run(order: CertificateOrder, kind: RunKind, signal: AbortSignal): Promise<RunResult>;
  /** Deletes the account of an ACME server that has none any more; the next run creates another. */
  deleteAccount(directoryUrl: string): Promise<void>;
}

const WALL_SECONDS = 600;
/** Time for certbot to remove its challenge before it is killed. */
const GRACE_SECONDS = 5;
const VERSION_SECONDS = 60;
const MAX_LOG_CHARACTERS = 4_000_000;
const CLOCK_GRAIN_MS = 1000;

/** Creates certbot with its directories below `stateDirectory`; they are created when it runs. */
export function createCertbot(options: CertbotOptions): Certbot {
  const { file, stateDirectory, webroot } = options;
  const directories = {
    config: path.join(stateDirectory, 'config'),
    work: path.join(stateDirectory, 'work'),
    logs: path.join(stateDirectory, 'logs'),
    webroot,
  };
  const keyFile = path.join(stateDirectory, 'hook-key');
  const env = minimalEnvironment(directories.work, {
    [OWNER_VARIABLE]: stateDirectory,
    DDNS_URL: options.ddnsUrl,
    SERVICE_KEY_FILE: keyFile,
    ...(options.caFile === null ? {} : { REQUESTS_CA_BUNDLE: path.resolve(options.caFile) }),
  });

  const prepare = async (): Promise<void> => {
    await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
    for (const directory of [directories.config, directories.work, directories.logs])
      await mkdir(directory, { recursive: true, mode: 0o700 });
    await mkdir(webroot, { recursive: true });
    await writeFileAtomic(keyFile, options.serviceKey, { mode: 0o600, durable: false });
  };

  return {
    configDirectory: directories.config,
    readMajorVersion: async () => {
      const { outcome, stdout } = await runProgram({ file, args: ['--version'], env, wallSeconds: VERSION_SECONDS });
      const major = /^certbot (\d+)\./m.exec(stdout)?.[1];
      return outcome.kind === 'finished' && major !== undefined ? Number(major) : null;
    },
    run: async (order, kind, signal) => {
      try {
        await prepare();
      } catch (error) {
        return { kind: 'failed', cause: isDiskFull(error) ? 'disk-full' : 'not-writable', retryAfterSeconds: null };
      }
      const startedAt = Date.now();
      const args = certbotArguments(order, directories, kind);
      const limits = { wallSeconds: WALL_SECONDS, graceSeconds: GRACE_SECONDS };
      const { outcome } = await runProgram({ file, args, env, signal, ...limits });
      if (outcome.kind === 'finished') return outcome;
      if (signal.aborted) return { kind: 'stopped' };
      const log = await readLog(path.join(directories.logs, 'letsencrypt.log'), startedAt);
      return { kind: 'failed', ...failureOf(outcome, log) };
    },
    deleteAccount: (directoryUrl) =>
      rm(path.join(directories.config, 'accounts', new URL(directoryUrl).host), { recursive: true, force: true }),
  };
}

function failureOf(outcome: Outcome, log: string): Failure {
  const retryAfterSeconds = null;
  if (outcome.kind === 'stopped') return { cause: 'interrupted', retryAfterSeconds };
  if (outcome.kind === 'failed' && outcome.exitCode === EXIT_NOT_FOUND)
    return { cause: 'program-missing', retryAfterSeconds };
  if (outcome.kind === 'failed' && outcome.signal === 'SIGTERM') return { cause: 'record-not-set', retryAfterSeconds }; // the hook sends it
  return readFailure(log, new Date());
}

/** Exit code of setpriv when the program does not exist. */
const EXIT_NOT_FOUND = 127;

/** Reads certbot's log of this run; empty when there is none. */
async function readLog(file: string, startedAt: number): Promise<string> {
  try {
    const { mtimeMs } = await stat(file);
    if (mtimeMs < startedAt - CLOCK_GRAIN_MS) return '';
    return (await readFile(file, 'utf8')).slice(-MAX_LOG_CHARACTERS);
  } catch {
    return ''; // without a log the cause is `other`
  }
}
