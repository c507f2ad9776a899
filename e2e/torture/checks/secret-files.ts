import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

export interface FoundSecret {
  /** Relative to the folder. */
  readonly file: string;
  /** Its name. */
  readonly secret: string;
}

/** The folder where secrets belong. */
const KEPT_IN = 'secrets/';
/** Programs take these secrets in no other way; nobody else may read the files. */
const CONFIGURATIONS = ['nginx/nginx.conf', 'icecast/icecast.xml', 'icecast/ezstream.xml'];
const OTHERS = 0o077;

/** Finds secrets in all files below a data directory but those that keep them. @param secrets values by name */
export async function findInFiles(
  directory: string,
  secrets: ReadonlyMap<string, string>,
): Promise<readonly FoundSecret[]> {
  const found: FoundSecret[] = [];
  for (const file of await readdir(directory, { recursive: true })) {
    const stats = await lstat(path.join(directory, file));
    if (!stats.isFile() || file.startsWith(KEPT_IN)) continue;
    if (CONFIGURATIONS.includes(file) && (stats.mode & OTHERS) === 0) continue;
    for (const secret of await secretsIn(path.join(directory, file), secrets)) found.push({ file, secret });
  }
  return found;
}

/** Chunk by chunk: databases and media are large. */
async function secretsIn(file: string, secrets: ReadonlyMap<string, string>): Promise<Set<string>> {
  const longest = Math.max(0, ...[...secrets.values()].map((value) => value.length));
  const found = new Set<string>();
  let end = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    const text = Buffer.concat([end, chunk as Buffer]); // no encoding: buffers
    for (const [name, value] of secrets) if (text.includes(value)) found.add(name);
    end = text.subarray(Math.max(0, text.length - longest));
  }
  return found;
}
