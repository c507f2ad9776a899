import { readFileSync, writeSync } from 'node:fs';
import type { z } from 'zod';
import { describeSettings } from './settings-description.ts';

/** EX_CONFIG of sysexits.h: something is wrong with the configuration. */
export const EXIT_CONFIG = 78;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every fault of a configuration at once; no value is quoted, because it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      `${faults.length} fault${faults.length === 1 ? '' : 's'} in the configuration:\n${faults.map((f) => `  ${f}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/**
 * Reads a service's settings. Each key of the schema is an environment variable; `NAME_FILE` may name a file that
 * holds the value instead (trailing white space cut), as Docker's secrets do. Empty strings count as unset.
 *
 * @throws {ConfigError} listing all faults.
 */
export function loadConfig<T extends z.ZodObject>(schema: T, env: Environment): z.infer<T> {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = readSetting(name, env, faults);
    if (value !== undefined) values[name] = value;
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return parsed.data;
}

/** Arguments with which every service answers a question about its settings, and ends before it starts anything. */
export const settingQuestions = {
  /** Prints the settings as JSON, {@link describeSettings}. Exit code 0. */
  describe: '--describe-settings',
  /** Prints the faults of the environment as a JSON list of sentences. Exit code 0 without any, otherwise 78. */
  check: '--check-settings',
} as const;

/**
 * {@link loadConfig} for a `main.ts`: prints the faults to standard error and ends the process with 78. With one of
 * {@link settingQuestions} as its argument, the process prints the answer and ends.
 */
export function loadConfigOrExit<T extends z.ZodObject>(schema: T, env: Environment): z.infer<T> {
  const question = process.argv[2];
  if (question === settingQuestions.describe) endWithAnswer(describeSettings(schema), 0);
  try {
    const config = loadConfig(schema, env);
    if (question === settingQuestions.check) endWithAnswer([], 0);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (question === settingQuestions.check) endWithAnswer(error.faults, EXIT_CONFIG);
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

function endWithAnswer(answer: unknown, exitCode: number): never {
  writeSync(process.stdout.fd, `${JSON.stringify(answer)}\n`); // at once: process.exit would cut off what is buffered
  process.exit(exitCode);
}

function readSetting(name: string, env: Environment, faults: string[]): string | undefined {
  const direct = env[name]?.trim();
  const file = env[`${name}_FILE`]?.trim();
  if (direct && file) {
    faults.push(`${name}: set either ${name} or ${name}_FILE, not both`);
    return undefined;
  }
  if (direct) return direct;
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    faults.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`); // fs throws these
    return undefined;
  }
}
