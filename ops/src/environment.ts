import { readIfThere, type Environment } from '@linkcast/kit';
import { parseEnv } from 'node:util';

/** The settings of the installation: `.env`, where there is one, under what the environment says. */
export async function readEnvironment(dotEnvFile: string, environment: Environment): Promise<Environment> {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  return { ...parseEnv((await readIfThere(dotEnvFile)) ?? ''), ...Object.fromEntries(set) };
}
