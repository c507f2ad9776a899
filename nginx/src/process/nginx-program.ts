import { minimalEnvironment, OWNER_VARIABLE, runProgram, startProgram, type Logger, type Program } from '@linkcast/kit';
import { maskTokens } from './token-mask.ts';

export interface NginxOptions {
  /** Directory for everything nginx writes; also its prefix. */
  readonly directory: string;
  readonly logger: Logger;
}

/**
 * What a worker says that is stopped while somebody still watches: it counts the connections that it drops, and "aborting"
 * is how it ends then (ngx_worker_process_exit).
 */
const FAREWELL = /\[alert\] .*(?:open socket #\d+ left in connection \d+|: aborting)$/;

/** `nginx -t`: undefined when the file is good, otherwise what nginx has against it. */
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

/** Starts nginx in the foreground; its error log becomes lines of ours, without tokens. */
export function startNginx(file: string, { directory, logger }: NginxOptions): Program {
  return startProgram({
    file: 'nginx',
    args: ['-p', directory, '-e', 'stderr', '-c', file],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: directory }),
    cwd: directory,
    onStderrLine: (line) => {
      logger[FAREWELL.test(line) ? 'debug' : 'warn']({ line: maskTokens(line) }, 'nginx says');
      return false;
    },
  });
}
