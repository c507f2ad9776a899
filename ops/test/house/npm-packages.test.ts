import { expect, test } from 'vitest';
import { findInstalls, findScriptFaults } from '../../src/house/install-scripts.ts';
import { findLicenceFaults } from '../../src/house/licences.ts';

const lock = {
  packages: {
    '': { license: 'MIT' },
    'node_modules/a': { license: 'MIT', hasInstallScript: true },
    'node_modules/b/node_modules/@c/d': { license: 'ISC', hasInstallScript: true, dev: true },
    'node_modules/ours': { link: true },
  },
};

test('a package with an install script, nested or only compiled by npm: is reported unless allowScripts denies it', () => {
  expect(findScriptFaults(lock, ['node_modules/native'], { a: false })).toEqual([
    'package.json: allowScripts does not decide about @c/d, which has an install script',
    'package.json: allowScripts does not decide about native, which has an install script',
  ]);
  expect(findScriptFaults(lock, ['node_modules/native'], { a: false, '@c/d': false, native: false })).toEqual([]);
});

test('a decision that allows a script, or about a package that is not there: is reported', () => {
  expect(findScriptFaults(lock, [], { a: true, '@c/d': false, left: false })).toEqual([
    'package.json: allowScripts names left, which has no install script',
    'package.json: allowScripts allows a; no install script runs here',
  ]);
});

test('npm ci without --ignore-scripts: is reported with its line; comments and messages are not', () => {
  const script = ['# npm ci', 'npm ci --ignore-scripts', "echo 'npm ci'", ' && npm ci --omit=dev', 'npm install x'];
  expect(findInstalls('Dockerfile', script.join('\n'))).toEqual([
    'Dockerfile:4 npm without --ignore-scripts',
    'Dockerfile:5 npm without --ignore-scripts',
  ]);
});

test('a licence that is not on the list, or none: is reported for what runs, not for what only develops', () => {
  const packages = {
    ...lock.packages,
    'node_modules/gpl': { license: 'GPL-3.0-only' },
    'node_modules/silent': {},
    'node_modules/choice': { license: '(MIT OR GPL-3.0-only)' },
    'node_modules/tool': { license: 'GPL-3.0-only', dev: true },
  };
  expect(findLicenceFaults({ packages }).map((fault) => fault.split(' ')[1])).toEqual(['gpl', 'silent', 'choice']);
});
