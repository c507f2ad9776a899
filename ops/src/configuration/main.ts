import { partNames, secretFiles } from '@linkcast/contracts';
import { describeSettings } from '@linkcast/kit';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ComposeConfig, OpsConfig } from '../config.ts';
import { readDescriptions } from '../part-settings.ts';
import { sourceMainOf } from '../parts.ts';
import { configurationPage, envExample } from './pages.ts';
import { scriptTexts } from './script-texts.ts';
import { collectSettings } from './setting.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

const compose = await Promise.all(
  ['docker-compose.yml', 'ops/published-ports.yml'].map((file) => readFile(path.join(root, file), 'utf8')),
);
const open = new Set([
  ...[...compose.join('').matchAll(/\$\{([A-Z0-9_]+)/g)].flatMap((match) => match[1] ?? []),
  ...Object.keys(OpsConfig.shape),
]);
const secrets = new Set(Object.keys(secretFiles));
const settings = collectSettings({
  ...Object.fromEntries(await describeParts()),
  'make local': describeSettings(OpsConfig),
  'docker compose': describeSettings(ComposeConfig),
});

const pages = {
  'docs/configuration.md': configurationPage({ settings, open, secrets }),
  '.env.example': envExample({ settings, open, secrets }),
  'ops/texts.sh': scriptTexts(),
};
for (const [file, text] of Object.entries(pages)) {
  const present = await readFile(path.join(root, file), 'utf8').catch(() => ''); // not written yet
  if (present === text) continue;
  if (isCheck) {
    process.stderr.write(`${file} is out of date: run make format\n`);
    process.exitCode = 1;
  } else {
    await writeFile(path.join(root, file), text);
    process.stdout.write(`${file} written\n`);
  }
}

function describeParts() {
  return Promise.all(
    partNames.map(async (name) => [name, await readDescriptions(path.join(root, sourceMainOf(name)))] as const),
  );
}
