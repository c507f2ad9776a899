import { NODE_FLAGS, minimalEnvironment, parseJson, runProgram, settingQuestions } from '@linkcast/kit';
import type { SettingDescription } from '@linkcast/kit';
import os from 'node:os';
import { z } from 'zod';

/** A part answers within a second on an idle machine. One that takes longer than this hangs. */
const LIMIT_SECONDS = 60;

const Descriptions = z.array(
  z.object({ name: z.string(), description: z.string(), defaultText: z.string().exactOptional() }),
);
const Faults = z.array(z.string());

/** Reads the settings of a part from its own program, which starts nothing. @param main absolute path of its main file. */
export async function readDescriptions(main: string): Promise<SettingDescription[]> {
  return Descriptions.parse(await askPart(main, settingQuestions.describe, {}));
}

/** The faults that a part reports about settings. @param main absolute path of its main file. */
export async function readFaults(main: string, settings: Readonly<Record<string, string>>): Promise<string[]> {
  return Faults.parse(await askPart(main, settingQuestions.check, settings));
}

async function askPart(main: string, question: string, settings: Readonly<Record<string, string>>): Promise<unknown> {
  const stderr: string[] = [];
  const { stdout } = await runProgram({
    file: process.execPath,
    args: [...NODE_FLAGS, main, question],
    env: { ...minimalEnvironment(os.tmpdir()), ...settings },
    wallSeconds: LIMIT_SECONDS,
    onStderrLine: (line) => stderr.push(line) > 0,
  });
  const answer = parseJson(stdout);
  if (answer === undefined) throw new Error(`${main} does not answer ${question}: ${stderr.join('\n')}`);
  return answer;
}
