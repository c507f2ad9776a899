import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isCompletePlaylist, recoverRendition, type RecoveredRendition } from './recovered-rendition.ts';
import { readRegularFile } from '../files/regular-file.ts';

/** The content of an item's directory, according to its files. */
export interface ItemFolder {
  /** True when it has no files. */
  readonly isEmpty: boolean;
  /** True when it has a completed playlist or an MP3. */
  readonly hasMedia: boolean;
  /** All its renditions; empty unless every one of them is whole. */
  readonly renditions: readonly RecoveredRendition[];
  readonly hasPoster: boolean;
  readonly hasMp3: boolean;
  /** Bytes of all files together. */
  readonly bytes: number;
  /** The last write of its oldest file, in milliseconds since 1970. */
  readonly writtenAt: number;
}

const MASTER = 'index.m3u8';
const RENDITION = /^([A-Za-z0-9][A-Za-z0-9_-]*)\.m3u8$/;

/** Reads the content of a directory; follows no symbolic link. @throws the file system's errors. */
export async function inspectItemFolder(directory: string): Promise<ItemFolder> {
  const files = await regularFiles(directory);
  const names = [...files.keys()].filter((file) => file !== MASTER).flatMap((file) => RENDITION.exec(file)?.[1] ?? []);
  const renditions = await Promise.all(names.map((name) => recoverRendition(directory, name)));
  const whole = renditions.filter((rendition) => rendition !== undefined);
  const hasMp3 = hasBytes(files, 'audio.mp3');
  return {
    isEmpty: files.size === 0,
    hasMedia: hasMp3 || (await hasCompletePlaylist(directory, names)),
    renditions: whole.length === names.length ? whole : [],
    hasPoster: hasBytes(files, 'poster.jpg'),
    hasMp3,
    bytes: [...files.values()].reduce((sum, { size }) => sum + size, 0),
    writtenAt: [...files.values()].reduce((oldest, { mtimeMs }) => Math.min(oldest, mtimeMs), Date.now()),
  };
}

interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
}

async function regularFiles(directory: string): Promise<Map<string, FileFacts>> {
  const entries = await readdir(directory);
  const found = await Promise.all(
    entries.map(async (name) => [name, await lstat(path.join(directory, name))] as const),
  );
  return new Map(found.filter(([, stats]) => stats.isFile()));
}

function hasBytes(files: ReadonlyMap<string, FileFacts>, name: string): boolean {
  return (files.get(name)?.size ?? 0) > 0;
}

async function hasCompletePlaylist(directory: string, names: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(names.map((name) => readRegularFile(path.join(directory, `${name}.m3u8`))));
  return texts.some(isCompletePlaylist);
}
