import type { PartName } from '@linkcast/contracts';
import {
  createLineReader,
  createSupervisor,
  EXIT_CONFIG,
  nodeFlagsOf,
  startProgram,
  type Program,
  type Stoppable,
  type Supervisor,
} from '@linkcast/kit';
import path from 'node:path';
import type { Part } from '../parts.ts';
import { createLineLogger } from './line-logger.ts';

export interface StackOptions {
  readonly parts: readonly Part[];
  /** Root of the repository. */
  readonly root: string;
  /** Gets every line that a part prints, and what the supervisor says of it. */
  readonly print: (part: PartName, line: string) => void;
  /** A part ended because it refuses its settings. */
  readonly onRefusedSettings: (part: PartName) => void;
  /** Waits, with a limit, until the first part answers: the others ask it from their start, and would complain. */
  readonly untilFirstAnswers: (signal: AbortSignal) => Promise<void>;
}

const STOP_SECONDS = 15;

/** Runs every part and starts it again when it ends: the first one, then all the others. Stops them in reverse order. */
export function startStack(options: StackOptions): Stoppable {
  const [first, ...others] = options.parts;
  const stopping = new AbortController();
  const supervisors = first === undefined ? [] : [supervisePart(first, options)];
  const startOthers = async (): Promise<void> => {
    await options.untilFirstAnswers(stopping.signal);
    if (!stopping.signal.aborted) supervisors.push(...others.map((part) => supervisePart(part, options)));
  };
  const starting = startOthers();
  return {
    stop: async () => {
      stopping.abort();
      await starting;
      for (const supervisor of supervisors.toReversed()) await supervisor.stop();
    },
  };
}

function supervisePart(part: Part, { root, print, onRefusedSettings }: StackOptions): Supervisor {
  const { warn } = createLineLogger((line) => print(part.name, line));
  return createSupervisor({
    name: part.name,
    logger: { warn, info: () => undefined }, // the part itself says that it has started
    start: () => startPart(part, root, (line) => print(part.name, line)),
    minDelayMs: 1000,
    maxDelayMs: 30_000,
    final: { exitCode: EXIT_CONFIG, then: () => onRefusedSettings(part.name) },
  });
}

function startPart(part: Part, root: string, onLine: (line: string) => void): Program {
  const program = startProgram({
    file: process.execPath,
    args: [...nodeFlagsOf(part.main), path.join(root, part.main)],
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
