import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A file in IMPORT_DIR that may be taken. */
export interface ImportFile {
  readonly path: string;
  /** The name as the title is made of it. */
  readonly name: string;
  readonly type: 'video' | 'audio';
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** The same for the same path, size and time of the last change: such a file is taken once. */
  readonly id: string;
}

const VIDEO = new Set('mp4 m4v mov mkv webm avi ts m2ts mts mpg mpeg vob flv wmv asf 3gp'.split(' '));
const AUDIO = new Set('mp3 m4a m4b aac flac wav ogg oga opus wma'.split(' '));
/** More folders and files than a watched folder has; a folder that was named by mistake may have millions. */
const MOST_FILES = 10_000;
const MOST_DEPTH = 8;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Finds the media files below a folder, by their extensions. What begins with a dot, links and unfinished downloads (`.part`,
 * `.crdownload`) are none.
 */
export async function scanImportFolder(root: string): Promise<ImportFile[]> {
  const found: ImportFile[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    const reading = readdir(folder, { withFileTypes: true });
    const entries = await (depth === 1 ? reading : reading.catch(() => [])); // one that cannot be read keeps no other
    for (const entry of entries) {
      if (entry.name.startsWith('.') || found.length >= MOST_FILES) continue;
      const place = path.join(folder, entry.name);
      if (entry.isDirectory() && depth < MOST_DEPTH) await walk(place, depth + 1);
      const type = entry.isFile() ? typeOf(entry.name) : undefined;
      if (type) found.push(...(await readFile(root, place, type)));
    }
  };
  await walk(root, 1);
  return found;
}

/** None when it was removed meanwhile. */
async function readFile(root: string, place: string, type: ImportFile['type']): Promise<ImportFile[]> {
  const stats = await lstat(place).catch(ignoreMissing);
  if (!stats?.isFile() || stats.size === 0) return [];
  const identity = [path.relative(root, place), stats.size, Math.floor(stats.mtimeMs)];
  const facts = { bytes: stats.size, modifiedAt: stats.mtimeMs, id: idOf(JSON.stringify(identity)) };
  return [{ ...facts, path: place, name: path.basename(place), type }];
}

function typeOf(name: string): ImportFile['type'] | undefined {
  const extension = path.extname(name).slice(1).toLowerCase();
  return VIDEO.has(extension) ? 'video' : AUDIO.has(extension) ? 'audio' : undefined;
}

/** In the form of a random id. */
function idOf(identity: string): string {
  const digest = createHash('sha256').update(identity).digest();
  return [...digest.subarray(0, 20)].map((byte) => ALPHABET[byte & 31]).join('');
}

function ignoreMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // fs throws these
  throw error;
}
