import { textsOf } from '@linkcast/texts';
import { loadConfigOrExit, startProgram } from '@linkcast/kit';
import path from 'node:path';
import { OpsConfig } from '../config.ts';
import { readEnvironment } from '../environment.ts';
import { planParts, programsOf } from '../parts.ts';
import { readSecret } from '../secret-files.ts';

/** Longer than any program of a part takes: a backup may copy a whole library. */
const WALL_SECONDS = 43_200;
const EXIT_USAGE = 64;

const root = path.resolve(import.meta.dirname, '../../..');
const environment = await readEnvironment(path.join(root, '.env'), process.env);
const isAsOwner = process.argv[2] === '--as-owner';
const [name, program, ...args] = process.argv.slice(isAsOwner ? 3 : 2);
const config = loadConfigOrExit(OpsConfig, environment);
const part = planParts(config, environment, root).find((each) => each.name === name);
const ownerToken = isAsOwner ? await readSecret(path.resolve(root, config.DATA_DIR), 'API_TOKEN') : undefined;
if (part === undefined || program === undefined) {
  process.stderr.write(`${textsOf(config.LANGUAGE).ops.inPartUsage}\n`);
  process.exit(EXIT_USAGE);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
const { outcome } = startProgram({
  file: process.execPath,
  args: [path.join(root, programsOf(part.name), program, 'main.js'), ...args],
  env: { ...part.env, ...(ownerToken === undefined ? {} : { API_TOKEN: ownerToken }) },
  cwd: root,
  stdin: 'inherit',
  stdout: 'inherit',
  onStderrLine: (line) => process.stderr.write(`${line}\n`),
  signal: interruption.signal,
  wallSeconds: WALL_SECONDS,
});
const ended = await outcome;
if (ended.kind === 'stopped') process.exitCode = 1;
if (ended.kind === 'failed') process.exitCode = ended.exitCode ?? 1;
