import { join } from 'node:path';
import { build } from 'vite';

/** Builds the site into a folder, as `npm run build` does. */
export async function buildSite(outDir: string): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
}
