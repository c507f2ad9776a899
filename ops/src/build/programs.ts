import { glob } from 'node:fs/promises';
import path from 'node:path';

/** A program of a part: its main file and the file that it is bundled into, both relative to the root of the repository. */
export interface BundledProgram {
  readonly source: string;
  readonly bundle: string;
}

/** The main files of every service, of the programs that services start, and of what supervises them in `make local`. */
const SOURCES = ['*/src/main.ts', '*/src/*/main.ts', 'ops/src/local/*/main.ts'];
/** Programs of `ops/` and `bench/` that run from the sources, on a machine that has all modules: they need no bundle. */
const FROM_SOURCES = /^(bench\/|ops\/src\/(?!local\/))/;

/** Every program below `root` that is bundled: `bot/src/health/main.ts` becomes `dist/bot/health/main.js`. */
export async function findPrograms(root: string): Promise<BundledProgram[]> {
  const sources: string[] = [];
  for await (const source of glob(SOURCES, { cwd: root, exclude: ['node_modules'] })) sources.push(source);
  return sources
    .filter((source) => !FROM_SOURCES.test(source))
    .toSorted()
    .map((source) => ({ source, bundle: bundledPath(source.replace(/\.ts$/, '.js')) }));
}

/** Path in `dist` of a file of a part's sources: `icecast/src/intake/title.sh` becomes `dist/icecast/intake/title.sh`. */
export function bundledPath(source: string): string {
  const [part = '', ...below] = source.split('/');
  return path.posix.join('dist', part, ...below.slice(1));
}
