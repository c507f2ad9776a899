import { secretFiles, serviceKeyFiles, type SecretName } from '@linkcast/contracts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Path of a file that `ops/prepare.sh` writes, below `dataDirectory`. */
export function secretPath(dataDirectory: string, file: string): string {
  return path.join(dataDirectory, 'secrets', file);
}

/** The secret, or undefined while there is none (no token yet, or nothing prepared). */
export async function readSecret(dataDirectory: string, name: SecretName): Promise<string | undefined> {
  return readSecretFile(dataDirectory, secretFiles[name]);
}

/** The keys of all parts that there are. */
export async function readServiceKeys(dataDirectory: string): Promise<string[]> {
  const keys = await Promise.all(Object.values(serviceKeyFiles).map((file) => readSecretFile(dataDirectory, file)));
  return keys.filter((key) => key !== undefined);
}

async function readSecretFile(dataDirectory: string, file: string): Promise<string | undefined> {
  const text = await readFile(secretPath(dataDirectory, file), 'utf8').catch(() => ''); // missing, or not ours to read
  return text.trim() || undefined;
}
