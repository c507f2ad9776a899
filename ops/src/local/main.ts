import { secretNames, type PartName } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import {
  createLineReader,
  createRedactor,
  EXIT_CONFIG,
  lockFolder,
  mainFile,
  NODE_FLAGS,
  runProgram,
  runService,
  startProgram,
} from '@linkcast/kit';
import path from 'node:path';
import { readSecret, readServiceKeys } from '../secret-files.ts';
import { untilAnswers } from './answers.ts';
import { createLineLogger } from './line-logger.ts';
import { readableLine } from './log-line.ts';
import { LOCAL_LOCK, readPlan, type LocalPlan } from './plan.ts';
import { startStack } from './stack.ts';

/** Supervises the parts. What needs the settings' schemas, or is needed only once, are programs of their own that end. */

/** yt-app listens within a second or two; when it does not, the others show what they can do without it. */
const FIRST_SECONDS = 10;
const NAME_WIDTH = 8;

const root = path.resolve(import.meta.dirname, '../../..');
const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const plan = await makePlan();
const texts = textsOf(plan.language).ops.local;
/** All but the owner's code, which is for the owner to read. */
const neverShown = secretNames.filter((name) => name !== 'OWNER_CODE');
const redact = createRedactor([
  ...(await Promise.all(neverShown.map((name) => readSecret(plan.dataDirectory, name)))),
  ...(await readServiceKeys(plan.dataDirectory)),
]);

const say = (line: string): void => void process.stdout.write(`${'linkcast'.padEnd(NAME_WIDTH)} | ${line}\n`);
const print = (part: PartName | 'linkcast', line: string): void =>
  void process.stdout.write(`${readableLine(part, redact(line), NAME_WIDTH)}\n`);

if (!plan.isConfined) say(texts.noSandbox);
// A closed terminal is a wish to stop; so is the end of the make that started us (setpriv in local.sh).
process.on('SIGHUP', () => process.kill(process.pid, 'SIGTERM'));
await runService({
  logger: createLineLogger((line) => print('linkcast', line)),
  stopSeconds: 60, // each part has 15 s
  start: (signal) => {
    lockFolder(plan.dataDirectory, LOCAL_LOCK);
    say(texts.starting);
    const stack = startStack({
      parts: plan.parts,
      root,
      print,
      onRefusedSettings: (part) => void stopForSettings(part),
      untilFirstAnswers: (stopping) => untilAnswers(`${plan.ytAppUrl}/healthz`, FIRST_SECONDS, stopping),
    });
    const stopForSettings = async (part: PartName): Promise<void> => {
      say(texts.badSettings(part));
      await stack.stop();
      process.exit(EXIT_CONFIG);
    };
    announce(signal);
    return Promise.resolve(stack);
  },
});

/** Ends this process as `plan/main.ts` ends when it refuses something. */
async function makePlan(): Promise<LocalPlan> {
  const { outcome, stdout } = await runProgram({
    ...ownProgram('plan'),
    onStderrLine: (line) => process.stderr.write(`${line}\n`),
  });
  if (outcome.kind !== 'finished') process.exit(outcome.kind === 'failed' ? (outcome.exitCode ?? 1) : 1);
  return readPlan(stdout);
}

/** Prints what the owner wants to read, once everything runs. */
function announce(signal: AbortSignal): void {
  const program = startProgram({
    ...ownProgram('announce'),
    stdout: 'pipe',
    signal,
    onStderrLine: (line) => {
      print('linkcast', line);
      return false;
    },
  });
  const reader = createLineReader(say);
  program.stdout?.on('data', reader.push);
  program.stdout?.on('end', reader.end);
}

function ownProgram(name: string) {
  const file = mainFile(path.join(import.meta.dirname, name));
  return { file: process.execPath, args: [...NODE_FLAGS, file], env: environment, cwd: root };
}
