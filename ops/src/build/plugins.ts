import path from 'node:path';
import type { Plugin } from 'rolldown';
import { bundledPath } from './programs.ts';

/** ssh2 catches it, and takes Node's own ciphers. */
const NO_NATIVE = 'throw new Error("native code: not in this bundle");';
const PREFIX = '\0replaced:';

/**
 * Modules that are put in place of others, because the others cost memory for nothing.
 *
 * - `node:http`: an `import` of it reads every export, and reading `http.WebSocket` makes Node load all of undici (5 MB).
 * - `form-data`: axios makes forms with it, and we send none; the list of all media types comes with it.
 * - `whatwg-url`: node-fetch falls back on it where there is no global URL; its tables are half a megabyte of text.
 * - `cpu-features`, `sshcrypto.node`: native parts of ssh2, which it does without.
 */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  http: "module.exports = process.getBuiltinModule('node:http');",
  'node:http': "module.exports = process.getBuiltinModule('node:http');",
  'form-data': 'module.exports = class { constructor() { throw new Error("a form: not in this bundle"); } };',
  'whatwg-url': 'module.exports = { URL, URLSearchParams };',
  'cpu-features': NO_NATIVE,
  './crypto/build/Release/sshcrypto.node': NO_NATIVE,
};

export function replaceModules(): Plugin {
  return {
    name: 'replace-modules',
    resolveId: (source) => (Object.hasOwn(REPLACEMENTS, source) ? `${PREFIX}${source}` : null),
    load: (id) => (id.startsWith(PREFIX) ? (REPLACEMENTS[id.slice(PREFIX.length)] ?? null) : null),
  };
}

/**
 * Keeps `import.meta.dirname` what it is in the sources, the folder of the module, where it would become that of the
 * bundle: `dist` has the folders of the sources, and in them what is no TypeScript.
 */
export function keepFolders(root: string, bundle: string): Plugin {
  return {
    name: 'keep-folders',
    transform: (code, id) => {
      if (!code.includes('import.meta.dirname') || id.includes('node_modules')) return null;
      const source = path.relative(root, id);
      if (source.startsWith('packages/')) throw new Error(`${source}: a package has no folder in a bundle`);
      const folder = path.posix.relative(path.posix.dirname(bundle), path.posix.dirname(bundledPath(source)));
      const expression =
        folder === '' ? 'import.meta.dirname' : `(import.meta.dirname + ${JSON.stringify(`/${folder}`)})`;
      return { code: code.replaceAll('import.meta.dirname', expression), map: null };
    },
  };
}
