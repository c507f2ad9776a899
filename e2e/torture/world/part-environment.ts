import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded by the supervisor's Node (`--import`) before its own code: the parts that it starts get the variables of
 * {@link PART_ENVIRONMENT} on top of their own, such as those of a test clock. The product itself passes none of them on.
 */
export const PART_ENVIRONMENT = 'TORTURE_PART_ENVIRONMENT';

const PART = /\/dist\/(?!ops\/)[\w/-]+\/main\.js$/;
const { spawn } = childProcess;

if (process.argv[1]?.endsWith('dist/ops/local/main.js')) {
  const more = JSON.parse(process.env[PART_ENVIRONMENT] ?? '{}') as Record<string, string>; // our own world wrote it
  childProcess.spawn = ((file: string, args: readonly string[], options: childProcess.SpawnOptions) =>
    spawn(file, args, {
      ...options,
      env: { ...options.env, ...(args.some((word) => PART.test(word)) ? more : {}) },
    })) as typeof spawn; // the only form that the kit uses
  syncBuiltinESMExports();
}
