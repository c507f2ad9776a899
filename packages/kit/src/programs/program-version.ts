import os from 'node:os';
import { minimalEnvironment } from './program-environment.ts';
import { runProgram } from './run-program.ts';

/** The encoders that the pipeline uses. */
const ENCODERS = ['libx264', 'aac', 'libmp3lame'];
const LIMIT_SECONDS = 20;

/**
 * Runs a program for what it says about itself.
 *
 * @param search where programs are searched, as PATH has it. Default: the directories of the system.
 * @returns its output on both streams; undefined when it cannot be run, or fails.
 */
export async function askProgram(
  [file, ...args]: readonly [string, ...string[]],
  search?: string,
): Promise<string | undefined> {
  const said: string[] = [];
  const { outcome, stdout } = await runProgram({
    file,
    args,
    env: minimalEnvironment(os.tmpdir(), search === undefined ? {} : { PATH: search }),
    wallSeconds: LIMIT_SECONDS,
    onStderrLine: (line) => {
      said.push(line);
      return false;
    },
  });
  return outcome.kind === 'finished' ? `${stdout}\n${said.join('\n')}` : undefined;
}

/** The first version number in a text; empty when there is none. */
export function firstVersion(text: string): string {
  return /\d+(\.\d+)+/.exec(text)?.[0] ?? '';
}

/** An ffmpeg, and the encoders that it should have and has not. */
export interface FoundFfmpeg {
  readonly version: string;
  readonly missingEncoders: readonly string[];
}

/** Finds ffmpeg as {@link askProgram} does; undefined when there is none. */
export async function readFfmpeg(search?: string): Promise<FoundFfmpeg | undefined> {
  const about = await askProgram(['ffmpeg', '-version'], search);
  if (about === undefined) return undefined;
  const listed = (await askProgram(['ffmpeg', '-hide_banner', '-encoders'], search)) ?? '';
  const missingEncoders = ENCODERS.filter((name) => !new RegExp(`^ [VA]\\S{5} ${name} `, 'm').test(listed));
  return { version: firstVersion(about), missingEncoders };
}
