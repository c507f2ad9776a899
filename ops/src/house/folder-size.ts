import path from 'node:path';

/** A folder with more files than this is more than one topic. */
export const MAX_SOURCE_FILES = 20;

const SOURCE = /\.(?:ts|tsx|js|css)$/;

/** Finds the folders that hold too many source files, given the paths of all files. Folders below a folder do not count. */
export function findLargeFolders(files: readonly string[]): { readonly folder: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const file of files.filter((each) => SOURCE.test(each))) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) => (count > MAX_SOURCE_FILES ? [{ folder, count }] : []));
}
