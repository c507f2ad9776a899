import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** A part of a file that a playlist lists. */
export interface ListedRange {
  readonly file: string;
  readonly end: number;
}

const RANGE = /(\d+)@(\d+)/;

/** Reads all playlists of an item as a player does: everything that they list. */
export async function listedRanges(directory: string): Promise<ListedRange[]> {
  const master = await readFile(path.join(directory, 'index.m3u8'), 'utf8');
  const names = master.match(/[\w.-]+\.m3u8/g) ?? [];
  const playlists = names.map((name) => readFile(path.join(directory, name), 'utf8'));
  return (await Promise.all(playlists)).flatMap((text) => rangesOf(text, directory));
}

function rangesOf(playlist: string, directory: string): ListedRange[] {
  const name = /URI="([^"]+)"/.exec(playlist)?.[1] ?? 'none';
  const ranges = playlist.split('\n').flatMap((line) => (line.includes('BYTERANGE') ? (RANGE.exec(line) ?? []) : []));
  const ends: ListedRange[] = [];
  for (let index = 0; index < ranges.length; index += 3)
    ends.push({ file: path.join(directory, name), end: Number(ranges[index + 1]) + Number(ranges[index + 2]) });
  return ends;
}

/** The listed parts that are not on the disk. */
export async function missingRanges(ranges: readonly ListedRange[]): Promise<ListedRange[]> {
  const sizes = await Promise.all(
    ranges.map(({ file }) =>
      stat(file).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  );
  return ranges.filter(({ end }, index) => (sizes[index] ?? -1) < end);
}
