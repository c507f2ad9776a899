import type { DoctorTexts } from '@linkcast/texts';
import type { Environment } from '@linkcast/kit';
import type { Part } from '../parts.ts';
import { settingFaults } from '../setting-faults.ts';
import { bad, ok, type Finding } from './finding.ts';

/** Checks that every part accepts its settings. */
export async function checkSettings(
  parts: readonly Part[],
  environment: Environment,
  root: string,
  say: DoctorTexts,
): Promise<Finding[]> {
  const faults = await settingFaults(parts, environment, root);
  if (faults.length === 0) return [ok(say.checks.settings, say.settingsParse)];
  return faults.map((fault) => bad(say.checks.settings, fault, say.fixSettings));
}
