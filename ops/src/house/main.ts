import { languages, textsOf } from '@linkcast/texts';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findLargeFolders, MAX_SOURCE_FILES } from './folder-size.ts';
import { findInstalls, findScriptFaults, type AllowScripts, type Lock } from './install-scripts.ts';
import { findLicenceFaults } from './licences.ts';
import { sameAsEnglish } from './same-texts.ts';
import { findWordFaults } from './source-words.ts';
import { findUntranslated } from './untranslated-texts.ts';

/** Checks the house rules that types, eslint and dependency-cruiser do not hold: folder sizes, words, translations, and what npm packages bring. Ends with 1. */
const root = path.resolve(import.meta.dirname, '../../..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 16e6 }).split('\n');
const SOURCE = /\.(?:ts|tsx|cjs|js)$/;
/** The list of retired words has to name them, and so have its tests. */
const SCRIPT = /(?:\.sh|Dockerfile|Makefile|\.yml|^\.ci\/\w+)$/;
const OWN_FILES = /^ops\/(?:src|test)\/house\//;

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as Lock; // npm's own file
const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: AllowScripts }; // our own file
const native = globSync('node_modules/{*,@*/*}/binding.gyp', { cwd: root }).map((file) => path.dirname(file));

const faults = [
  ...findLargeFolders(files).map(
    ({ folder, count }) => `${folder}: ${count} source files, at most ${MAX_SOURCE_FILES}`,
  ),
  ...files
    .filter((file) => SOURCE.test(file) && !OWN_FILES.test(file))
    .flatMap((file) => findWordFaults(file, read(file)).map(({ line, fault }) => `${file}:${line} ${fault}`)),
  ...findScriptFaults(lock, native, allowScripts),
  ...files.filter((file) => SCRIPT.test(file)).flatMap((file) => findInstalls(file, read(file))),
  ...findLicenceFaults(lock),
  ...languages
    .filter((language) => language !== 'en')
    .flatMap((language) =>
      findUntranslated({
        english: textsOf('en'),
        translated: textsOf(language),
        sameOnPurpose: sameAsEnglish[language],
      }).map((text) => `packages/texts/src/${language}: ${text} is not translated`),
    ),
];
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n${faults.length} faults\n`);
  process.exitCode = 1;
}
