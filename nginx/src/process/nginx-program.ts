import { minimalEnvironment, OWNER_VARIABLE, runProgram, startProgram, type Logger, type Program } from '@linkcast/kit';
import { maskTokens } from './token-mask.ts';

export interface NginxOptions {
  /** Directory of all files that nginx writes; also its prefix. */
  readonly directory: string;
  readonly logger: Logger;
}

/**
 * Lines of a worker that is stopped while clients are connected: it lists the connections that it closes, and writes
 * "aborting" at its exit (ngx_worker_process_exit).
 */
const EXIT_LINES = /\[alert\] .*(?:open socket #\d+ left in connection \d+|: aborting)$/;

/** Checks a configuration by `nginx -t`. Returns its message, or undefined when it accepts the file. */
export async function findConfFault(file: string, directory: string): Promise<string | undefined> {
  const { outcome } = await runProgram({
    file: 'nginx',
    args: ['-t', '-q', '-p', directory, '-e', 'stderr', '-c', file],
    env: minimalEnvironment(directory),
    wallSeconds: 20,
  });
  if (outcome.kind === 'finished') return undefined;
  return outcome.kind === 'failed' ? outcome.stderrTail : outcome.reason;
}

/** Starts nginx in the foreground. Its error log is written to our log, without tokens. */
export function startNginx(file: string, { directory, logger }: NginxOptions): Program {
  return startProgram({
    file: 'nginx',
    args: ['-p', directory, '-e', 'stderr', '-c', file],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: directory }),
    cwd: directory,
    onStderrLine: (line) => {
      logger[EXIT_LINES.test(line) ? 'debug' : 'warn']({ program: 'nginx', line: maskTokens(line) }, 'program output');
      return false;
    },
  });
}
