import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic-file.ts';
import { parseJson } from '../files/json.ts';
import { BackupRefused } from './backup-refused.ts';

/** Name of the file that describes a backup. */
export const MANIFEST_NAME = 'manifest.json';
/** Version of the layout of a backup. */
export const BACKUP_FORMAT = 1;

/** The databases that a backup may have, each with the name of its SQLite file. */
export const backupDatabases = { 'yt-app': 'yt-app.sqlite', bot: 'bot.sqlite' } as const;
export type BackupDatabase = keyof typeof backupDatabases;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();

const StoredDatabase = z.object({
  /** The version of its tables: the number of migrations that have run. */
  schema: Count,
  /** The kind of database that was copied. The copy is a SQLite file in both cases. */
  kind: z.enum(['sqlite', 'postgres']),
  /** Number of rows by table. */
  rows: z.record(z.string(), Count),
});

export const BackupManifest = z.object({
  product: z.literal('linkcast'),
  format: z.number().int().positive(),
  /** ISO time of the end of the backup. */
  madeAt: z.iso.datetime(),
  /** Version of the program that made it. */
  version: z.string(),
  databases: z.object({ 'yt-app': StoredDatabase, bot: StoredDatabase.optional() }),
  /** The files beside the manifest. Those of the media are listed in `media.ndjson`. */
  files: z.array(z.object({ name: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z]+)+$/), bytes: Count, sha256: Sha256 })),
  secrets: z.enum(['encrypted', 'left-out']),
  media: z.object({ isIncluded: z.boolean(), items: Count, bytes: Count }),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

const StoredManifest = BackupManifest.extend({
  /** Digest of the entries above: it finds damage. */
  sha256: Sha256,
  /** HMAC of that digest with a key from the passphrase of the backup, if it has one: it finds forgery. */
  hmac: Sha256.optional(),
});
/** A manifest as it was read. Its digest is right; the HMAC is not verified. */
export type StoredManifest = z.infer<typeof StoredManifest>;

/**
 * Writes the manifest with a digest of itself; it is on the disk when this resolves.
 *
 * @param sign makes the HMAC of the digest; left out: the backup has no passphrase
 */
export async function writeManifest(
  directory: string,
  manifest: BackupManifest,
  sign?: (sha256: string) => Promise<string>,
): Promise<void> {
  const sha256 = digestOf(manifest);
  const hmac = await sign?.(sha256);
  const text = JSON.stringify({ ...manifest, sha256, hmac }, undefined, 2);
  await writeFileAtomic(path.join(directory, MANIFEST_NAME), `${text}\n`, { mode: 0o600 });
}

/**
 * Reads the manifest of a backup.
 *
 * @throws {BackupRefused} `foreign`: the folder has none. `damaged`: it was changed. `newer`: of a later layout.
 */
export async function readManifest(directory: string): Promise<StoredManifest> {
  const content = parseJson(await readText(path.join(directory, MANIFEST_NAME)));
  const { sha256, hmac, ...rest } = Digests.catch({}).parse(content);
  if (sha256 !== digestOf(rest)) throw new BackupRefused('damaged', MANIFEST_NAME);
  if (typeof rest['format'] === 'number' && rest['format'] > BACKUP_FORMAT)
    throw new BackupRefused('newer', MANIFEST_NAME);
  const manifest = StoredManifest.safeParse({ ...rest, sha256, hmac });
  if (!manifest.success) throw new BackupRefused('foreign', MANIFEST_NAME);
  return manifest.data;
}

const Digests = z.looseObject({ sha256: z.unknown(), hmac: z.unknown() }).partial();

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new BackupRefused('foreign', MANIFEST_NAME);
    throw new BackupRefused('unreadable', MANIFEST_NAME, { cause: error });
  }
}

/** The digest of the entries in their order, which JSON keeps. */
function digestOf(entries: object): string {
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}
