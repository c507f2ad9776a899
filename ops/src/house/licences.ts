import { packageName, type Lock } from './install-scripts.ts';

/** SPDX expressions that ask for no more than their notice. */
const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  '(MIT OR CC0-1.0)',
  'Unlicense',
];

/** Packages that the lock has no licence for, with the licence that the package's own file states. */
const STATED: Readonly<Record<string, string>> = {
  async: 'MIT', // 0.2.10, of 2013, states it in an old field
  buildcheck: 'MIT', // these three in their own LICENSE files
  'cpu-features': 'MIT',
  ssh2: 'MIT',
  'combine-errors': 'MIT', // in its Readme
};

/** Compares the licence of every package that a running installation needs with the allowed ones, as package-lock.json has them. */
export function findLicenceFaults({ packages }: Lock): string[] {
  return Object.entries(packages)
    .filter(([place, { dev, link }]) => place.includes('node_modules/') && !dev && !link)
    .map(([place, { license }]) => ({ name: packageName(place), license }))
    .map(({ name, license }) => ({ name, license: license ?? STATED[name] ?? 'none' }))
    .filter(({ license }) => !ALLOWED.includes(license))
    .map(({ name, license }) => `package-lock.json: ${name} has the licence ${license}, which is not on the list`);
}
