import { texts } from '@linkcast/contracts';
import { ConfigError, loadConfig } from '@linkcast/kit';
import { existsSync } from 'node:fs';
import { partSchemas, type Part } from '../parts.ts';
import { bad, ok, type Finding } from './finding.ts';

const say = texts.ops.doctor;
/** Stands in for a secret that is generated at the first start. */
const ANY_SECRET = 'x'.repeat(40);

/** Does every part take its settings? All faults of all parts at once. */
export function checkSettings(parts: readonly Part[]): Finding[] {
  const faults = new Set(parts.flatMap(faultsOf));
  if (faults.size === 0) return [ok(say.checks.settings, say.settingsParse)];
  return [...faults].map((fault) => bad(say.checks.settings, fault, say.fixSettings));
}

function faultsOf({ name, env }: Part): readonly string[] {
  try {
    loadConfig(partSchemas[name], withFutureSecrets(env));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Before the first start there are no secrets yet: only the token must be set for the schemas. */
function withFutureSecrets(env: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(env).filter(([key, value]) => !key.endsWith('_FILE') || existsSync(value));
  const present = Object.fromEntries(entries);
  return present['API_TOKEN_FILE'] === undefined ? { ...present, API_TOKEN: ANY_SECRET } : present;
}
