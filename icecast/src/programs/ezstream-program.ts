import { minimalEnvironment, OWNER_VARIABLE, startProgram, type Logger, type Program } from '@linkcast/kit';
import path from 'node:path';

export interface EzstreamProgramOptions {
  /** Path of ezstream.xml. */
  readonly confFile: string;
  /** Directory of the programs that ezstream runs for files and titles. */
  readonly intakeDirectory: string;
  /** Directory that marks ezstream as ours. */
  readonly directory: string;
  /** Paths that the intake programs use: the feeder's socket, the silent MP3 and the file of the current title. */
  readonly socketPath: string;
  readonly silenceFile: string;
  readonly titleFile: string;
  readonly logger: Logger;
}

/** Starts ezstream, which sends files to Icecast unchanged. */
export function startEzstream(options: EzstreamProgramOptions): Program {
  const { confFile, intakeDirectory, directory, logger } = options;
  const environment = minimalEnvironment(directory, {
    [OWNER_VARIABLE]: directory,
    FEEDER_SOCKET: options.socketPath,
    SILENCE_FILE: options.silenceFile,
    TITLE_FILE: options.titleFile,
  });
  return startProgram({
    file: 'ezstream',
    args: ['-c', confFile],
    env: { ...environment, PATH: `${path.dirname(process.execPath)}:${environment['PATH'] ?? ''}` }, // for the intake
    cwd: intakeDirectory,
    onStderrLine: (line) => {
      logger.debug({ program: 'ezstream', line }, 'program output');
      return false;
    },
  });
}
