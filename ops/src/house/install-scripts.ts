/** The parts of package-lock.json that matter here. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  /** SPDX expression, as the package states it. */
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  /** True for a package that only development needs. */
  readonly dev?: boolean;
  /** True for a folder of this repository. */
  readonly link?: boolean;
}

/** `allowScripts` of package.json, as npm reads it: the decision about each package with an install script. */
export type AllowScripts = Readonly<Record<string, boolean>>;

/**
 * Compares the packages that bring an install script with the reviewed ones.
 *
 * @param native paths below `node_modules` of packages with a `binding.gyp`, which npm compiles without being asked; the lock does not list them
 */
export function findScriptFaults(lock: Lock, native: readonly string[], allowed: AllowScripts): string[] {
  const listed = Object.entries(lock.packages).flatMap(([place, found]) => (found.hasInstallScript ? [place] : []));
  const names = new Set([...listed, ...native].map(packageName));
  return [
    ...[...names]
      .filter((name) => !Object.hasOwn(allowed, name))
      .map((name) => `package.json: allowScripts does not decide about ${name}, which has an install script`),
    ...Object.keys(allowed)
      .filter((name) => !names.has(name))
      .map((name) => `package.json: allowScripts names ${name}, which has no install script`),
    ...Object.keys(allowed)
      .filter((name) => allowed[name])
      .map((name) => `package.json: allowScripts allows ${name}; no install script runs here`),
  ];
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export function packageName(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** A command that installs packages, and does not forbid their scripts. */
const INSTALLS = /\bnpm (?:ci|install)\b(?!.*--ignore-scripts)/;

/** Finds the lines of a script, a Dockerfile or a Makefile that install packages without `--ignore-scripts`. */
export function findInstalls(file: string, text: string): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => !line.startsWith('#') && !/^(?:echo|fail|say)\b|\bfail "/.test(line) && INSTALLS.test(line))
    .map(({ number }) => `${file}:${number} npm without --ignore-scripts`);
}
