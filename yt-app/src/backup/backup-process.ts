import { EXIT_IN_USE, readBackupStatus, startProgram, STOPPED_WALL, type BackupFailure } from '@linkcast/kit';

export interface BackupProcessOptions {
  /** Path of the program that makes one backup. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  /** yt-app's folder, which has the state of the backups. */
  readonly statusFolder: string;
  readonly wallSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Makes one backup in a process of its own, which blocks nothing and gives its memory back.
 *
 * @returns the failure that the process could not note itself, because it was killed; undefined as well while another backup is in
 * progress, which notes its own result
 */
export async function runBackupProcess(options: BackupProcessOptions): Promise<BackupFailure | undefined> {
  const { main, env, statusFolder, wallSeconds, signal } = options;
  const before = await readBackupStatus(statusFolder);
  const { outcome } = startProgram({
    file: process.execPath,
    args: [main, '--scheduled'], // without our V8 flags: frequent garbage collection makes it a quarter slower
    env,
    stdout: 'inherit',
    onStderrLine(line) {
      process.stderr.write(`${line}\n`);
      return false;
    },
    wallSeconds,
    signal,
  });
  const ended = await outcome;
  if (ended.kind === 'finished') return undefined;
  if (ended.kind === 'stopped') return ended.reason === STOPPED_WALL ? 'took-too-long' : undefined;
  if (ended.exitCode === EXIT_IN_USE) return undefined;
  const { lastRun } = await readBackupStatus(statusFolder);
  return lastRun?.endedAt === before.lastRun?.endedAt ? 'unexpected' : undefined;
}
