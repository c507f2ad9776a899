import { minimalEnvironment, OWNER_VARIABLE, runProgram, startProgram, type Logger, type Program } from '@linkcast/kit';

export interface NginxOptions {
  /** Directory for everything nginx writes; also its prefix. */
  readonly directory: string;
  readonly logger: Logger;
}

/** Does the installed nginx know the directive `http2 on`, which came with 1.25.1? @throws when there is no nginx. */
export async function hasHttp2Directive(directory: string): Promise<boolean> {
  let version = '';
  const { outcome } = await runProgram({
    file: 'nginx',
    args: ['-v'],
    env: minimalEnvironment(directory),
    wallSeconds: 10,
    onStderrLine: (line) => {
      version = line;
      return false;
    },
  });
  const match = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (outcome.kind !== 'finished' || !match) throw new Error('nginx is not installed', { cause: outcome });
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map(Number);
  return major * 1e6 + minor * 1e3 + patch >= 1_025_001;
}

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

/** Starts nginx in the foreground; its error log becomes lines of ours, without queries. */
export function startNginx(file: string, { directory, logger }: NginxOptions): Program {
  return startProgram({
    file: 'nginx',
    args: ['-p', directory, '-e', 'stderr', '-c', file],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: directory }),
    cwd: directory,
    onStderrLine: (line) => {
      logger.warn({ line: withoutQueries(line) }, 'nginx says');
      return false;
    },
  });
}

/** nginx quotes the whole request line and the referrer in its error log, and tokens travel in queries. */
function withoutQueries(line: string): string {
  return line.replaceAll(/\?[^\s"]*/g, '?…');
}
