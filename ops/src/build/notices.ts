import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.](?:md|txt|mit|apache.*|bsd))?$/i;
const MODULES = '/node_modules/';

/**
 * Writes the notices that the licences of bundled packages ask for: name, version, licence, and its text.
 *
 * @param modules ids of the modules in the bundles; those outside of `node_modules` are ours
 */
export async function describeNotices(modules: Iterable<string>): Promise<string> {
  const folders = new Set([...modules].filter((id) => id.includes(MODULES)).map(packageFolder));
  const notices = await Promise.all([...folders].toSorted().map(describePackage));
  return `Linkcast contains the following packages.\n${[...new Set(notices)].join('')}`;
}

/** `/app/node_modules/@a/b/dist/c.js` belongs to `/app/node_modules/@a/b`. */
function packageFolder(id: string): string {
  const end = id.lastIndexOf(MODULES) + MODULES.length;
  const [scope = '', name = ''] = id.slice(end).split('/');
  return path.join(id.slice(0, end), scope, scope.startsWith('@') ? name : '');
}

async function describePackage(folder: string): Promise<string> {
  const about: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, license = 'see below' } = about as { name: string; version: string; license?: string }; // npm requires them
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return [`\n${'='.repeat(80)}\n${name} ${version} (${license})\n`, ...texts.map((text) => `\n${text.trim()}\n`)].join(
    '',
  );
}
