import { minimalEnvironment, OWNER_VARIABLE, startProgram, type Logger, type Program } from '@linkcast/kit';

export interface IcecastProgramOptions {
  /** Path of icecast.xml. */
  readonly confFile: string;
  /** Working directory of Icecast, which also marks it as ours. */
  readonly directory: string;
  readonly logger: Logger;
}

/** Starts Icecast. Its errors are logged as warnings, all its other lines at debug: its own WARN is about our settings. */
export function startIcecast({ confFile, directory, logger }: IcecastProgramOptions): Program {
  return startProgram({
    file: 'icecast2',
    args: ['-c', confFile],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: directory }),
    cwd: directory,
    onStderrLine: (line) => {
      logger[line.includes('] EROR ') ? 'warn' : 'debug']({ program: 'icecast', line }, 'program output');
      return false;
    },
  });
}
