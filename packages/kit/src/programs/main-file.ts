import path from 'node:path';

/** The main file of a program of the same part, in `folder`: `main.ts` among the sources, `main.js` among the bundles. */
export function mainFile(folder: string): string {
  return path.join(folder, `main${path.extname(import.meta.filename)}`);
}
