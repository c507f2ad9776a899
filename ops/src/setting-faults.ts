import { neededSettings, secretNames } from '@linkcast/contracts';
import type { Environment } from '@linkcast/kit';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { readFaults } from './part-settings.ts';
import { sourceMainOf, type Part } from './parts.ts';

const ANY_KEY = 'x'.repeat(40);
/** Stand in for what is generated at the first start. */
const ANY_GENERATED: Readonly<Record<string, string>> = {
  SERVICE_KEY: ANY_KEY,
  KEY_DIGESTS: `owner:${'0'.repeat(64)}`,
  INSTALLATION_MARK: '0'.repeat(32),
};

/**
 * The faults that the parts report about their settings: all faults of all parts, each once, also of parts that are not
 * started. A secret counts as `environment` has it: it may have been set since the last start.
 */
export async function settingFaults(
  parts: readonly Part[],
  environment: Environment,
  root: string,
): Promise<readonly string[]> {
  const faults = await Promise.all(parts.map((part) => faultsOf(part, environment, root)));
  return [...new Set(faults.flat())];
}

async function faultsOf(part: Part, environment: Environment, root: string): Promise<readonly string[]> {
  const settings = withComingSecrets(part.env, environment);
  const needed = neededSettings[part.name];
  const faults = await readFaults(mainOf(part, root), settings);
  if (needed === undefined || isSet(needed, settings)) return faults;
  return faults.filter((fault) => !fault.startsWith(`${needed}: `)); // without it the part is not started
}

/** The bundle, for a program that is a bundle itself; otherwise the source, for what runs before there are bundles. */
function mainOf({ name, main }: Part, root: string): string {
  return path.join(root, path.extname(import.meta.filename) === '.js' ? main : sourceMainOf(name));
}

function isSet(name: string, settings: Readonly<Record<string, string>>): boolean {
  const file = settings[`${name}_FILE`];
  return Boolean(settings[name]) || (file !== undefined && (!existsSync(file) || statSync(file).size > 0));
}

/** The part's settings as they will be at the next start: with the secrets that are set now, and those still to be made. */
function withComingSecrets(env: Readonly<Record<string, string>>, environment: Environment): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(env)) {
    const secret = secretNames.find((name) => key === `${name}_FILE`);
    const setting = key.replace(/_FILE$/, '');
    const generated = ANY_GENERATED[setting];
    if (generated !== undefined && !existsSync(value)) settings[setting] = generated;
    else if (secret === undefined) settings[key] = value;
    else if (environment[secret]) settings[secret] = environment[secret];
    else if (environment[key]) settings[key] = environment[key];
    else if (existsSync(value)) settings[key] = value;
    else if (secret === 'EGRESS_KEY' || secret === 'COOKIE_KEY') settings[secret] = ANY_KEY;
  }
  return settings;
}
