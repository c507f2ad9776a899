import path from 'node:path';
import type { WorkerMachine } from '@linkcast/contracts';
import {
  askProgram,
  firstVersion,
  readFfmpeg,
  startPeriodicLoop,
  type Logger,
  type SandboxKind,
  type Stoppable,
} from '@linkcast/kit';

export interface MachineReading extends Stoppable {
  /** As it was read last. */
  current(): WorkerMachine;
}

export interface MachineReadingOptions {
  readonly toolsDir: string;
  readonly sandbox: SandboxKind;
  readonly logger: Logger;
}

/** Programs may be updated while the worker runs. */
const EVERY_MS = 600_000;

/** Reads what the worker's programs need of its machine, now and every ten minutes. */
export async function startMachineReading(options: MachineReadingOptions): Promise<MachineReading> {
  let machine = await readMachine(options);
  const loop = startPeriodicLoop({
    ...{ name: 'machine-reading', logger: options.logger, everyMs: EVERY_MS, firstAfterMs: EVERY_MS },
    async run() {
      machine = await readMachine(options);
      return undefined;
    },
  });
  return { current: () => machine, stop: () => loop.stop() };
}

async function readMachine({ toolsDir, sandbox }: MachineReadingOptions): Promise<WorkerMachine> {
  const [deno, ffmpeg] = await Promise.all([askProgram([path.join(toolsDir, 'bin/deno'), '--version']), readFfmpeg()]);
  return {
    sandbox,
    runtime: deno === undefined ? null : `deno ${firstVersion(deno)}`,
    ffmpeg: ffmpeg ? { ...ffmpeg, missingEncoders: [...ffmpeg.missingEncoders] } : null,
  };
}
