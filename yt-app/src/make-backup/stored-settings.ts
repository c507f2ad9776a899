import { secretNames } from '@linkcast/contracts';
import { readIfThere, SECRETS_NAME, writeFileAtomic } from '@linkcast/kit';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { PROFILES_NAME } from '../profiles/profiles-file.ts';
import { sealSecrets } from '../backup/secret-archive.ts';

/** Name of the file with the settings that are no secrets. */
export const SETTINGS_NAME = 'settings.env';
/** Copy of `.env` that `ops/prepare.sh` makes at each start. */
const DOT_ENV_COPY = 'settings.env';
const SECRET_FILE = /^[a-z_]+$/;
/** Opens the archive; it is not in it. */
const PASSPHRASE_FILE = 'backup_passphrase';
const SECRET_WORD = /TOKEN|PASS|SECRET|KEY(?!S?_DIGESTS)|CODE|CREDENTIAL/;
const URL_WITH_PASSWORD = /:\/\/[^/\s]*@/;
const PLAIN = /^[\w./:@%+,=-]*$/;

/** @returns the names of the files that were written. Without a passphrase the secrets are not among them. */
export async function storeSettings(
  dataDir: string,
  passphrase: string | undefined,
  folder: string,
): Promise<string[]> {
  const secrets = path.join(dataDir, 'secrets');
  const dotEnv = (await readIfThere(path.join(secrets, DOT_ENV_COPY))) ?? null;
  await writeFileAtomic(path.join(folder, SETTINGS_NAME), openSettings(dotEnv ?? ''), { mode: 0o600 });
  if (passphrase === undefined) return [SETTINGS_NAME];
  const profiles = (await readIfThere(path.join(dataDir, 'yt-app', PROFILES_NAME))) ?? null;
  const sealed = await sealSecrets({ dotEnv, files: await readSecrets(secrets), profiles }, passphrase);
  await writeFileAtomic(path.join(folder, SECRETS_NAME), sealed, { mode: 0o600 });
  return [SETTINGS_NAME, SECRETS_NAME];
}

/** The settings of a `.env` that are no secrets, as another `.env`. Whatever may be a secret is left out. */
function openSettings(dotEnv: string): string {
  const lines = Object.entries(parseEnv(dotEnv)).flatMap(([name, value]) => {
    if (value === undefined || isSecret(name, value)) return [];
    return [`${name}=${quotedSetting(value) ?? ''}`];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function isSecret(name: string, value: string): boolean {
  if (name.endsWith('_FILE')) return false; // a path
  return (
    SECRET_WORD.test(name) ||
    secretNames.some((secret) => secret === name) ||
    URL_WITH_PASSWORD.test(value) ||
    !quotedSetting(value)
  );
}

/** The value of a setting as a line of `.env` has it. Undefined: no quotes hold it for all that read `.env`. */
export function quotedSetting(value: string): string | undefined {
  if (PLAIN.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  return /["\r\n$\\`]/.test(value) ? undefined : `"${value}"`;
}

async function readSecrets(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).filter((name) => SECRET_FILE.test(name) && name !== PASSPHRASE_FILE);
  const read = names.map(async (name) => [name, await readFile(path.join(directory, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(read));
}
