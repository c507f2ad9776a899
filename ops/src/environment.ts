import type { Environment } from '@linkcast/kit';
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

/** The settings of the installation: `.env`, where there is one, under what the environment says. */
export async function readEnvironment(dotEnvFile: string, environment: Environment): Promise<Environment> {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  return { ...parseEnv(await readIfPresent(dotEnvFile)), ...Object.fromEntries(set) };
}

async function readIfPresent(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''; // readFile throws these
    throw error;
  }
}
