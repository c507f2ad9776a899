import { chmod, copyFile, glob, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { describeNotices } from './notices.ts';
import { keepFolders, replaceModules } from './plugins.ts';
import { bundledPath, findPrograms, type BundledProgram } from './programs.ts';

export interface BundleOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Folder that `dist` is made in. */
  readonly target: string;
}

/** Files that the programs of a part read or start, except TypeScript. */
const OTHER_FILES = '*/src/**/*.{sh,jpg}';
/** Native: it stays in node_modules. */
const EXTERNAL = ['better-sqlite3'];

/**
 * Makes one file of each program with everything that it imports, so that a start neither strips types nor opens
 * hundreds of modules. Beside it are its source map, and the parts' files that are no TypeScript; `dist/NOTICES.txt` has the
 * licences of the packages in the bundles.
 */
export async function bundlePrograms({ root, target }: BundleOptions): Promise<BundledProgram[]> {
  const programs = await findPrograms(root);
  const modules: string[] = [];
  for (const program of programs) modules.push(...(await bundleProgram(program, { root, target })));
  await copyOtherFiles({ root, target });
  await writeFile(path.join(target, 'dist/NOTICES.txt'), await describeNotices(modules));
  return programs;
}

/** @returns the ids of the modules in it. */
async function bundleProgram(
  { source, bundle }: BundledProgram,
  { root, target }: BundleOptions,
): Promise<readonly string[]> {
  const build = await rolldown({
    cwd: root,
    input: source,
    platform: 'node',
    external: EXTERNAL,
    checks: { bundlerTimings: false }, // a busy machine is no fault of the sources
    plugins: [replaceModules(), keepFolders(root, bundle)],
    transform: { define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } }, // of CommonJS modules
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(`${source}: ${message}`);
    },
  });
  const file = path.join(target, bundle);
  const { output } = await build.write({ file, format: 'esm', codeSplitting: false, sourcemap: true });
  await build.close();
  await chmod(file, (await stat(path.join(root, source))).mode);
  return output[0].moduleIds;
}

async function copyOtherFiles({ root, target }: BundleOptions): Promise<void> {
  for await (const file of glob(OTHER_FILES, { cwd: root, exclude: ['node_modules', 'web'] })) {
    const copy = path.join(target, bundledPath(file));
    await mkdir(path.dirname(copy), { recursive: true });
    await copyFile(path.join(root, file), copy);
  }
}
