import {
  createLineReader,
  createLogger,
  createSupervisor,
  startProgram,
  type Program,
  type Stoppable,
} from '@linkcast/kit';
import path from 'node:path';
import { REFUSES_SETTINGS, type Part, type PartName } from '../parts.ts';

export interface StackOptions {
  readonly parts: readonly Part[];
  /** Root of the repository. */
  readonly root: string;
  /** Gets every line that a part prints, and what the supervisor says of it. */
  readonly print: (part: PartName, line: string) => void;
  /** A part ended because it refuses its settings. */
  readonly onRefusedSettings: (part: PartName) => void;
}

const STOP_SECONDS = 15;

/** Runs every part and starts it again when it ends. Stops them in reverse order. */
export function startStack({ parts, root, print, onRefusedSettings }: StackOptions): Stoppable {
  const supervisors = parts.map((part) => {
    const logger = createLogger({
      service: 'local',
      level: 'warn',
      destination: { write: (line) => print(part.name, line.trimEnd()) },
    });
    return createSupervisor({
      name: part.name,
      logger,
      start: () => startPart(part, root, (line) => print(part.name, line)),
      minDelayMs: 1000,
      maxDelayMs: 30_000,
      final: { exitCode: REFUSES_SETTINGS, then: () => onRefusedSettings(part.name) },
    });
  });
  return {
    stop: async () => {
      for (const supervisor of supervisors.toReversed()) await supervisor.stop();
    },
  };
}

function startPart(part: Part, root: string, onLine: (line: string) => void): Program {
  const program = startProgram({
    file: process.execPath,
    args: [path.join(root, part.main)],
    env: part.env,
    cwd: root,
    stdout: 'pipe',
    onStderrLine: (line) => {
      onLine(line);
      return false;
    },
    graceSeconds: STOP_SECONDS,
  });
  const reader = createLineReader(onLine);
  program.stdout?.on('data', reader.push);
  program.stdout?.on('end', reader.end);
  return program;
}
